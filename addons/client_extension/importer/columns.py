"""Third room: what each column of the file is.

A header is a standard column, or additional data, or it is ignored: never
anything else, whatever it is called (``id`` and ``company_id`` are labels).
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Final

from .fold import fold_header, trim
from .problems import FileProblem, Problem
from .types import Column, ColumnMap, Target
from .write_csv import unguard

#: what a mapping may say instead of a column's key
ADDITIONAL: Final = "+"
IGNORE: Final = "-"
#: what an export writes before a label that would be read as something else
LABEL: Final = "additional:"

STANDARD: Final = (
    Column("reference", "ref", aliases=(
        "ref", "référence", "referentie", "client reference", "référence client",
        "klantreferentie", "customer reference", "référence du client",
        "numéro client", "n° client", "klantnummer", "client number",
    ), required=True),
    Column("type", "is_company", "type", (
        "type de client particulier ou société", "person type", "type de personne",
        "soort", "company type", "type de société", "type relatie",
    ), clearable=False),
    Column("name", "name", aliases=(
        "nom", "naam", "full name", "nom complet", "volledige naam", "client name",
        "nom du client", "klantnaam", "raison sociale",
    ), required=True),
    Column("address", "street", aliases=(
        "adresse", "adres", "street", "rue", "straat", "address 1", "adresse 1",
    )),
    Column("address_additional", "street2", aliases=(
        "additional address", "complément d'adresse", "adresse complémentaire",
        "complément adresse", "aanvullend adres", "adresaanvulling", "street2",
        "address 2", "adresse 2", "adres 2",
    )),
    Column("city", "city", aliases=(
        "ville", "stad", "localité", "commune", "gemeente", "plaats", "town",
    )),
    Column("zip", "zip", aliases=(
        "zip code", "code postal", "postcode", "postal code", "cp",
    )),
    Column("country", "country_id", "one", ("pays", "land", "country code")),
    Column("state", "state_id", "state", (
        "province", "provincie", "état", "région", "county", "staat", "département",
    )),
    Column("mobile", "mobile", aliases=(
        "mobile phone", "gsm", "portable", "téléphone portable", "téléphone mobile",
        "mobiel", "mobiele telefoon", "cell phone", "mobile number",
    )),
    Column("phone", "phone", aliases=(
        "téléphone", "telefoon", "telephone", "tel", "tél", "tél.", "tel.",
        "phone number", "numéro de téléphone", "telefoonnummer",
    )),
    Column("email", "email", "email", (
        "mail", "courriel", "adresse e-mail", "adresse mail", "email address",
        "e-mailadres", "mailadres", "adresse électronique",
    )),
    Column("website", "website", aliases=(
        "web site", "site web", "site internet", "site", "webstek", "url", "web",
    )),
    Column("vat", "vat", aliases=(
        "tva", "btw", "vat number", "numéro de tva", "numéro tva", "n° tva",
        "btw nummer", "tax id", "tin",
    )),
    Column("comment", "comment", aliases=(
        "comments", "commentaire", "commentaires", "opmerking", "opmerkingen",
        "note", "notes", "remarque", "remarques", "notities",
    )),
    Column("active", "active", "flag", ("actif", "actief"), clearable=False),
    Column("status", "client_status", "status", (
        "statut", "client status", "statut client", "klantstatus",
    ), clearable=False),
    Column("client_type", "client_type_id", "one", (
        "type de client", "type client", "klanttype", "type klant", "customer type",
        "soort klant",
    )),
    Column("category", "category_id", "many", (
        "categories", "catégorie", "catégories", "categorie", "categorieën",
        "tag", "tags", "étiquette", "étiquettes", "labels",
    )),
    Column("business_unit", "client_business_unit_id", "one", (
        "unité d'affaires", "unité commerciale", "business units", "bedrijfseenheid",
        "unité", "eenheid",
    )),
    Column("manager", "user_id", "one", (
        "client manager", "gestionnaire", "gestionnaire client", "klantbeheerder",
        "beheerder", "salesperson", "vendeur", "verkoper", "commercial",
        "account manager",
    )),
    Column("language", "lang", "one", ("langue", "taal", "lang")),
    Column("source", "client_source_id", "one", (
        "origine", "bron", "herkomst", "client source",
    )),
)  # fmt: skip


def map_columns(
    header: tuple[str, ...],
    columns: Iterable[Column] = STANDARD,
    mapping: Mapping[str, str] | None = None,
) -> ColumnMap:
    """Say what each header is; ``mapping`` (header -> key, ``+`` or ``-``) first.

    Raises a FileProblem without a reference column, or with a column twice.
    """
    known = {column.key: column for column in columns}
    names = _names(known.values())
    chosen = {fold_header(k): v for k, v in (mapping or {}).items()}
    header = tuple(unguard(trim(text)) for text in header)
    folded = [fold_header(text) for text in header]
    targets = tuple(
        _target(index, text, folded, known, names, chosen)
        for index, text in enumerate(header)
    )
    _refuse_twice(targets)
    if not any(t.role == "standard" and t.key == "reference" for t in targets):
        found = ", ".join(t.header for t in targets if t.header)
        raise FileProblem(Problem("header_no_reference", value=found[:300]))
    return ColumnMap(targets, known)


def _names(columns: Iterable[Column]) -> dict[str, str]:
    """Folded header -> key; a key always wins over another column's alias."""
    columns = tuple(columns)
    names = {
        fold_header(alias): column.key for column in columns for alias in column.aliases
    }
    names.update({fold_header(column.key): column.key for column in columns})
    return names


def _target(
    index: int,
    text: str,
    folded: list[str],
    known: Mapping[str, Column],
    names: Mapping[str, str],
    chosen: Mapping[str, str],
) -> Target:
    name = folded[index]
    if not text:
        return Target(index, "", "nameless")
    if choice := chosen.get(name):
        return _chosen(index, text, choice, known)
    if text.casefold().startswith(LABEL) and (label := trim(text[len(LABEL) :])):
        return Target(index, text, "additional", label)
    if key := names.get(name):
        return Target(index, text, "standard", key)
    if name == "error" or (name == "line" and "error" in folded):
        return Target(index, text, "ignored")
    return Target(index, text, "additional", text, _suggest(name, names))


def _chosen(index: int, text: str, choice: str, known: Mapping[str, Column]) -> Target:
    if choice == ADDITIONAL:
        return Target(index, text, "additional", text)
    if choice == IGNORE:
        return Target(index, text, "ignored")
    if choice not in known:
        raise FileProblem(Problem("header_target", column=text, value=choice))
    return Target(index, text, "standard", choice)


def _suggest(name: str, names: Mapping[str, str]) -> str:
    close = get_close_matches(name, names, n=1, cutoff=0.8)
    return names[close[0]] if close else ""


def _refuse_twice(targets: Iterable[Target]) -> None:
    seen: dict[tuple[str, str], str] = {}
    for target in targets:
        if target.role not in ("standard", "additional"):
            continue
        key = (target.role, fold_header(target.key))
        if key in seen:
            params = {"other": seen[key], "key": target.key}
            raise FileProblem(
                Problem("header_duplicate", column=target.header, params=params)
            )
        seen[key] = target.header
