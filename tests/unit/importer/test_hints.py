"""Columns of other programs: what is proposed for them, and never taken."""

import pytest
from importer.problems import FileProblem
from importer.rows.columns import STANDARD, map_columns, signature, sketch_columns
from importer.rows.hints import _KEYS
from importer.text.fold import fold_header

NORTHWIND = ("customerID", "companyName", "address", "postalCode", "phone", "fax")


def suggestions(*header: str, **mapping: str) -> dict[str, str]:
    targets = sketch_columns(header, mapping=mapping).targets
    return {target.header: target.suggestion for target in targets}


def test_what_other_programs_call_them() -> None:
    found = suggestions(*NORTHWIND)
    assert found["customerID"] == "reference"
    assert found["companyName"] == "name"
    assert found["postalCode"] == found["phone"] == found["fax"] == ""


def test_second_phone_is_a_mobile() -> None:
    found = suggestions("Customer Id", "Phone 1", "Phone 2")
    assert found == {
        "Customer Id": "reference",
        "Phone 1": "phone",
        "Phone 2": "mobile",
    }


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("Phnoe", "phone"),
        ("Name*", "name"),
        ("* Name", "name"),
        ("Code (x.y)", "reference"),
        ("Phone [work]", "phone"),
        ("Country (ISO)*", "country"),
        ("Tél. fixe", "phone"),
        ("Téléphonne", "phone"),
        ("Telefoonummer", "phone"),
        ("GSM-nummer", "mobile"),
        ("Portable 2", "mobile"),
        ("Emial", "email"),
        ("Courriel 2", "email"),
        ("Addresse", "address"),
        ("Straatnaam", "address"),
        ("Postkode", "zip"),
        ("Code postale", "zip"),
        ("Gemeentes", "city"),
        ("Code pays", "country"),
        ("Klantnr.", "reference"),
        ("Réf. client", "reference"),
        ("Compte client", "reference"),
        ("Ondernemingsnummer", "vat"),
        ("Note interne", "comment"),
        ("Vertegenwoordiger", "manager"),
        ("Chargé de clientèle", "manager"),
        ("Klantsoort", "client_type"),
        ("Agence", "business_unit"),
        ("Taalcode", "language"),
        ("Herkomst klant", "source"),
        ("Commande", ""),
        ("Pays de naissance", ""),
        ("Date de naissance", ""),
        ("Huisnummer", ""),
        ("Fax", ""),
        ("Solde", ""),
        ("Rate", ""),
        ("Titre", ""),
        ("Archivé", ""),
    ],
)
def test_near_misses_in_three_languages(header: str, key: str) -> None:
    assert suggestions("x!", header)[header] == key


def test_not_what_the_file_has_already() -> None:
    assert suggestions("reference", "name", "id", "nmae") == {
        "reference": "",
        "name": "",
        "id": "",
        "nmae": "",
    }


def test_a_choice_of_the_user_is_not_questioned() -> None:
    assert suggestions("reference", "phnoe")["phnoe"] == "phone"
    assert suggestions("reference", "phnoe", phnoe="+")["phnoe"] == ""


def test_hints_name_columns_and_are_no_names_of_them() -> None:
    names = {
        fold_header(name)
        for column in STANDARD
        for name in (column.key, *column.aliases)
    }
    assert set(_KEYS.values()) <= {column.key for column in STANDARD} | {""}
    assert not names & _KEYS.keys()


def test_a_sketch_refuses_nothing() -> None:
    header = ("customerID", "name", "Name", "")
    with pytest.raises(FileProblem):
        map_columns(header)
    roles = [target.role for target in sketch_columns(header).targets]
    assert roles == ["additional", "standard", "standard", "nameless"]
    gone = sketch_columns(("reference",), mapping={"reference": "gone"})
    assert gone.targets[0].key == "reference"


def test_signature_is_that_of_the_columns() -> None:
    first = signature(NORTHWIND)
    assert signature(reversed(NORTHWIND)) == first
    assert signature([" CUSTOMER-id ", *NORTHWIND[1:], ""]) == first
    assert signature(NORTHWIND[1:]) != first


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("Klantverantwoordelijke", "manager"),
        ("Responsable client", "manager"),
        ("Source du client", "source"),
        ("Bedrijfseenheid van de klant", "business_unit"),
        ("Statut client", "status"),
        ("Btw nr.", "vat"),
        ("N° TVA", "vat"),
        ("Provincie / Staat", "state"),
        ("Type de client", "client_type"),
        ("Rue 2", "address_additional"),
        ("Individual or company", "type"),
        ("Catégories", "category"),
    ],
)
def test_headers_as_our_own_screens_word_them(header: str, key: str) -> None:
    target = map_columns(("reference", header)).targets[-1]
    assert (target.role, target.key) == ("standard", key)
