"""SIRET, SIREN and VAT number of France."""

import importlib.util
from pathlib import Path

import pytest

ADDON = Path(__file__).parents[2] / "addons" / "client_extension_l10n_fr"
spec = importlib.util.spec_from_file_location(
    "french_numbers", ADDON / "tools" / "french_numbers.py"
)
assert spec and spec.loader
french = importlib.util.module_from_spec(spec)
spec.loader.exec_module(french)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("73282932000074", ""),
        ("732 829 320 00074", ""),
        ("73282932000075", "checksum"),
        ("73282932100074", "checksum"),
        ("7328293200007", "digits"),
        ("732829320000745", "digits"),
        ("7328293200007A", "digits"),
        ("", "digits"),
        # La Poste: the head office has a Luhn digit, an office a sum divisible by five
        ("35600000000048", ""),
        ("35600000049837", ""),
        ("35600000049838", "checksum"),
    ],
)
def test_a_siret_has_14_digits_and_a_check_digit(text: str, problem: str) -> None:
    assert french.siret_problem(text) == problem


def test_a_siret_is_kept_without_its_spaces_and_other_text_as_it_came() -> None:
    assert french.compact_siret("732 829 320 00074") == "73282932000074"
    assert french.compact_siret("in creation") == "in creation"


@pytest.mark.parametrize(
    ("text", "siren"),
    [
        ("732 829 320 00074", "732829320"),
        ("732829320", "732829320"),
        ("732829321", ""),
        ("73282932000075", ""),
        ("BE0477472701", ""),
    ],
)
def test_the_siren_is_the_first_nine_digits(text: str, siren: str) -> None:
    assert french.siren_of(text) == siren


def test_the_vat_number_is_derived_from_the_siren() -> None:
    assert french.vat_of("732829320") == "FR44732829320"
    assert french.show_siren("732829320") == "732 829 320"
    assert french.show_siren("") == ""


@pytest.mark.parametrize(
    ("text", "siren"),
    [
        ("FR44732829320", "732829320"),
        ("fr 44 732 829 320", "732829320"),
        ("FR45732829320", ""),
        ("BE0477472701", ""),
        ("44732829320", ""),
        # Monaco
        ("FR53000004605", ""),
        ("", ""),
    ],
)
def test_the_siren_inside_a_vat_number(text: str, siren: str) -> None:
    assert french.siren_of_vat(text) == siren


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("FR44732829320", ""),
        ("fr 44 732 829 320", ""),
        ("44732829320", ""),
        ("FRK7399859412", ""),
        ("K7399859412", ""),
        # Monaco
        ("FR53000004605", ""),
        ("FR45732829320", "checksum"),
        ("FR44732829321", "checksum"),
        ("FR4473282932", "form"),
        ("FRIO334175221", "form"),
        ("FR", "form"),
        ("none", "form"),
        ("n/a", "form"),
        ("BE0477472701", ""),
        ("be 0477.472.701", ""),
        ("/", ""),
        ("", ""),
    ],
)
def test_a_french_vat_number_has_a_check_of_its_own(text: str, problem: str) -> None:
    assert french.vat_problem(text) == problem
