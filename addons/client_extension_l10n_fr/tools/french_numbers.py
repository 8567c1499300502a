"""Checks the numbers of French companies: plain Python with ``python-stdnum``.

A SIRET (14 digits) names an establishment: the 9 digits of the company's SIREN and 5
more. Both end in a Luhn check digit, except for the post offices of La Poste, whose
digits add up to a multiple of five. Source: Insee, which maintains the Sirene register.
"""

import re

from stdnum.exceptions import InvalidChecksum, InvalidComponent, ValidationError
from stdnum.fr import siren, siret, tva

#: a VAT number of another country, which a French client may have
FOREIGN_VAT = re.compile(r"(?!FR)[A-Z]{2}.*\d")


def siret_problem(text):
    """Check a SIRET.

    :return: str, "" if it is valid, "digits" if there are not 14, or "checksum"
    """
    try:
        siret.validate(text)
    except InvalidChecksum:
        return "checksum"
    except ValidationError:
        return "digits"
    return ""


def compact_siret(text):
    """:return: str, the 14 digits of a SIRET; any other text as it is"""
    return text if siret_problem(text) else siret.compact(text)


def compact_registry(text):
    """The digits of a SIRET, or of a SIREN alone, which the form accepts as well.

    :return: str; any other text as it is
    """
    return siren.compact(text) if siren.is_valid(text) else compact_siret(text)


def registry_problem(text):
    """Check the number in a column of SIRETs.

    :return: str, "" for a valid SIRET or SIREN, else as :func:`siret_problem`
    """
    try:
        siren.validate(text)
    except InvalidChecksum:
        return "checksum"
    except ValidationError:
        return siret_problem(text)
    return ""


def siren_of(text):
    """:return: str, the 9 digits of the company of a SIRET or SIREN, "" if invalid"""
    if siren.is_valid(text):
        return siren.compact(text)
    return "" if siret_problem(text) else siret.compact(text)[:9]


def show_siren(number):
    """:return: str, the 9 digits in groups of three, as people write them"""
    return siren.format(number) if number else ""


def vat_of(number):
    """:return: str, the VAT number that the tax office derives from this SIREN"""
    return f"FR{siren.to_tva(number)}"


def siren_of_vat(text):
    """:return: str, the SIREN in a VAT number, "" for other countries and Monaco"""
    if not text.upper().lstrip().startswith("FR") or not tva.is_valid(text):
        return ""
    try:
        return tva.to_siren(text)
    except InvalidComponent:
        return ""


def vat_problem(text):
    """Check the VAT number of a French company.

    Not checked are numbers of other countries, and the single character that means in
    Odoo that there is none.

    :return: str, "" if it is valid, "form" if the format is wrong, or "checksum"
    """
    number = text.strip().upper()
    if len(number) < 2 or FOREIGN_VAT.match(number):
        return ""
    try:
        tva.validate(number)
    except InvalidChecksum:
        return "checksum"
    except ValidationError:
        return "form"
    return ""
