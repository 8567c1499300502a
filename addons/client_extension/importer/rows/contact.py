"""The main contact in the columns of a row: its columns, and the contact it means.

The contact is searched only among the contacts of the row's client: first by email,
unless the first names show that two people share an address, then by name. A row
without a name means the main contact. Contacts who left are searched last, by name
only, and become current again.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from ..text.fold import fold
from ..types import LONGEST, Column, Contact, Value


def normalize_name(text: str) -> str:
    """Return a part of a name as it is stored."""
    return " ".join(text.replace("|", " ").split())


CONTACT: Final = (
    Column("contact_first_name", "client_contact_first_name", aliases=(
        "prénom du contact", "prénom contact", "voornaam contact",
        "voornaam contactpersoon", "voornaam van het contact",
        "first name of the contact", "contact firstname", "main contact first name",
    ), clearable=False, normalize=normalize_name, most=LONGEST),
    Column("contact_last_name", "client_contact_last_name", aliases=(
        "nom du contact", "nom contact", "nom de famille du contact",
        "achternaam contact", "achternaam contactpersoon", "naam contactpersoon",
        "achternaam van het contact", "last name of the contact", "contact lastname",
        "main contact last name", "contact surname",
    ), clearable=False, normalize=normalize_name, most=LONGEST),
    Column("contact_email", "client_contact_email", "email", (
        "email du contact", "e-mail du contact", "mail du contact", "email contact",
        "courriel du contact", "e-mail contactpersoon", "e-mailadres contact",
        "e-mail van het contact", "contact mail", "main contact email",
    ), most=LONGEST),
    Column("contact_phone", "client_contact_phone", "phone", (
        "téléphone du contact", "téléphone contact", "ligne directe du contact",
        "telefoon contact", "telefoon contactpersoon", "telefoon van het contact",
        "contact direct phone", "main contact phone",
    )),
    Column("contact_mobile", "client_contact_mobile", "phone", (
        "mobile du contact", "portable du contact", "gsm du contact", "gsm contact",
        "gsm contactpersoon", "mobiel contact", "mobiel van het contact",
        "main contact mobile",
    )),
    Column("contact_job", "client_contact_job", aliases=(
        "fonction du contact", "fonction contact", "poste du contact",
        "functie contact", "functie contactpersoon", "functie van het contact",
        "contact function", "contact job position", "contact job title",
        "main contact job",
    )),
    Column("contact_role", "client_contact_role_ids", "links", (
        "rôle du contact", "rôles du contact", "rôle contact", "rol contact",
        "rol contactpersoon", "rol van het contact", "rollen van het contact",
        "contact roles", "main contact role",
    )),
)  # fmt: skip
KEYS: Final = frozenset(column.key for column in CONTACT)
NAMES: Final = ("contact_first_name", "contact_last_name")
_PARTS: Final = (*NAMES, "contact_email")


def name_of(first: Value, last: Value) -> str:
    """Return the full name of a person with these parts."""
    return " ".join(f"{first or ''} {last or ''}".split())


def is_nameless(values: Mapping[str, Value]) -> bool:
    """Whether the values of a row are not enough to create a contact."""
    return not any(values.get(key) for key in NAMES)


def find(values: Mapping[str, Value], contacts: tuple[Contact, ...]) -> Contact | None:
    """Return the contact that a row means; if several match, the main contact."""
    first, last, email = (fold(str(values.get(key) or "")) for key in _PARTS)
    ranked = sorted(contacts, key=lambda c: (not c.is_main, not c.line, c.id))
    there = [c for c in ranked if not c.is_ended]
    if not (first or last):
        same_email = [c for c in there if email and fold(c.email) == email]
        return next(iter(same_email or [c for c in there if c.is_main]), None)
    for some in (there, [c for c in ranked if c.is_ended]):
        found = [c for c in some if email and fold(c.email) == email]
        found = [c for c in found if _may_be(c, first, last)]
        found += [c for c in some if _is_called(c, first, last)]
        if found:
            return found[0]
    return None


def contacts_after(
    values: Mapping[str, Value], contacts: tuple[Contact, ...]
) -> tuple[Contact, ...]:
    """Return the contacts as they will be after the row is imported."""
    found = find(values, contacts)
    others = [replace(c, is_main=False) for c in contacts if c is not found]
    person = found or Contact(-1 - len(contacts))
    names = zip(("first", "last", "email"), _PARTS, strict=True)
    said = {name: str(values[key]) for name, key in names if values.get(key)}
    back = replace(person, is_main=True, is_ended=False)
    return (*others, replace(back, **said))  # type: ignore[arg-type]


def merge_known(
    said: Mapping[str, Value], contacts: tuple[Contact, ...], known: Mapping[str, Value]
) -> dict[str, Value]:
    """Return what is known of a client after a row has changed its main contact.

    If the row names another contact than the previous main contact, the name and the
    email are those of the row.
    """
    person = find(said, contacts)
    if person and person.is_main:
        return dict(known)
    others = {key: value for key, value in known.items() if key not in KEYS}
    parts = (person.first, person.last, person.email) if person else ("", "", "")
    own = {key: value for key, value in said.items() if key in KEYS}
    return {**others, **dict(zip(_PARTS, parts, strict=True)), **own}


def _may_be(contact: Contact, first: str, last: str) -> bool:
    """Whether a contact with the same email is the same person.

    Last names change; a different first name means a family or an office.
    """
    own_first, own_last = fold(contact.first), fold(contact.last)
    if first and own_first:
        return first == own_first
    return not (last and own_last) or last == own_last


def _is_called(contact: Contact, first: str, last: str) -> bool:
    own_first, own_last = fold(contact.first), fold(contact.last)
    if f"{first} {last}".strip() == f"{own_first} {own_last}".strip():
        return True
    if not last:
        return first == own_first
    return last == own_last and (not first or not own_first)
