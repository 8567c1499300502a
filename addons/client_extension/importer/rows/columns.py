"""Third step: what each column of the file is.

A header is a standard column, or additional data, or ignored, and nothing else,
whatever its name (``id`` and ``company_id`` are labels).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Final

from ..files.table import HeaderTest
from ..kinds.answers import LABEL
from ..kinds.texts import compact_number, with_scheme
from ..problems import FileProblem, Problem
from ..text.fold import fold_header, plain_lines, trim
from ..types import LONGEST, Column, ColumnMap, Target
from ..writers.write_csv import unguard
from .contact import CONTACT
from .hints import suggest

#: what a mapping may have instead of a column's key
ADDITIONAL: Final = "+"
IGNORE: Final = "-"
#: prefix of a figure in an export, which no import reads
FIGURE: Final = "figure:"
#: columns for which a similar one is searched, which takes a millisecond for each
_SUGGESTED: Final = 1000

STANDARD: Final = (
    Column("reference", "ref", aliases=(
        "ref", "référence", "referentie", "client reference", "référence client",
        "klantreferentie", "customer reference", "référence du client",
        "numéro client", "n° client", "klantnummer", "client number",
        "référence de client", "referentie van de klant",
    ), required=True, most=LONGEST),
    Column("type", "is_company", "type", (
        "type de client particulier ou société", "person type", "type de personne",
        "soort", "company type", "type de société", "type relatie",
        "soort bedrijf", "individual or company", "particulier ou société",
        "particulier of bedrijf",
    ), clearable=False),
    Column("name", "name", aliases=(
        "nom", "naam", "full name", "nom complet", "volledige naam", "client name",
        "nom du client", "klantnaam", "raison sociale", "dénomination sociale",
        "nom ou raison sociale", "naam klant", "naam van de klant",
    ), required=True, most=LONGEST),
    Column("address", "street", aliases=(
        "adresse", "adres", "street", "rue", "straat", "address 1", "adresse 1",
        "adres 1", "adresse postale", "postadres", "straat en huisnummer",
    )),
    Column("address_additional", "street2", aliases=(
        "additional address", "complément d'adresse", "adresse complémentaire",
        "complément adresse", "aanvullend adres", "adresaanvulling", "street2",
        "address 2", "adresse 2", "adres 2", "rue 2", "straat 2",
        "adresse additionnelle", "adresse supplémentaire", "extra adres", "toevoeging",
        "adrestoevoeging", "address complement",
    )),
    Column("city", "city", aliases=(
        "ville", "stad", "localité", "commune", "gemeente", "plaats", "town",
        "woonplaats",
    )),
    Column("zip", "zip", aliases=(
        "zip code", "code postal", "postcode", "postal code", "cp",
    )),
    Column("country", "country_id", "link", ("pays", "land", "country code")),
    Column("state", "state_id", "state", (
        "province", "provincie", "état", "région", "county", "staat", "département",
        "provincie / staat", "regio",
    )),
    Column("mobile", "mobile", aliases=(
        "mobile phone", "gsm", "portable", "téléphone portable", "téléphone mobile",
        "numéro de mobile", "mobiel nummer",
        "mobiel", "mobiele telefoon", "cell phone", "mobile number", "n° de mobile",
        "n° de portable", "n° de gsm", "numéro de portable", "numéro de gsm",
    )),
    Column("phone", "phone", aliases=(
        "téléphone", "telefoon", "telephone", "tel", "tél", "tél.", "tel.",
        "phone number", "numéro de téléphone", "telefoonnummer", "n° de téléphone",
        "n° tél", "telefoonnr", "telefoonnr.",
    )),
    Column("email", "email", "email", (
        "mail", "courriel", "adresse e-mail", "adresse mail", "email address",
        "e-mailadres", "mailadres", "adresse électronique", "adresse de courriel",
        "courrier électronique",
    ), most=LONGEST),
    Column("website", "website", aliases=(
        "web site", "site web", "site internet", "site", "webstek", "url", "web",
        "webadres", "adresse web", "website url",
    ), normalize=with_scheme),
    Column("vat", "vat", aliases=(
        "tva", "btw", "vat number", "numéro de tva", "numéro tva", "n° tva",
        "btw nummer", "btw nr.", "btw nr", "tax id", "tin", "n° de tva",
    ), normalize=compact_number, most=LONGEST),
    Column("comment", "comment", aliases=(
        "comments", "commentaire", "commentaires", "opmerking", "opmerkingen",
        "note", "notes", "remarque", "remarques", "notities", "commentaar", "notitie",
    ), reader=plain_lines),
    Column("active", "active", "yes_no", ("actif", "actief"), clearable=False),
    Column("status", "client_status", "status", (
        "statut", "client status", "statut client", "klantstatus", "statut du client",
    ), clearable=False),
    Column("client_type", "client_type_id", "link", (
        "type de client", "type client", "klanttype", "type klant", "customer type",
        "soort klant",
    )),
    Column("category", "category_id", "links", (
        "categories", "catégorie", "catégories", "categorie", "categorieën",
        "tag", "tags", "étiquette", "étiquettes", "labels",
    )),
    Column("business_unit", "client_business_unit_id", "link", (
        "unité d'affaires", "unité commerciale", "business units", "bedrijfseenheid",
        "unité", "eenheid", "client business unit", "bedrijfseenheid van de klant",
    )),
    Column("manager", "user_id", "link", (
        "client manager", "gestionnaire", "gestionnaire client", "klantbeheerder",
        "beheerder", "salesperson", "vendeur", "verkoper", "commercial",
        "account manager", "responsable client", "responsable", "responsable du client",
        "klantverantwoordelijke", "verantwoordelijke",
    )),
    Column("language", "lang", "link", (
        "langue", "taal", "lang", "langue du client", "taal van de klant",
    )),
    Column("source", "client_source_id", "link", (
        "origine", "bron", "herkomst", "client source", "source du client",
        "bron van de klant",
    )),
    *CONTACT,
)  # fmt: skip


def map_columns(
    header: tuple[str, ...],
    columns: Iterable[Column] = STANDARD,
    mapping: Mapping[str, str] | None = None,
) -> ColumnMap:
    """Decide what each header is; ``mapping`` (header -> key, ``+``, ``-``) goes first.

    Raises a FileProblem if the reference column is missing or a column is repeated.
    """
    found = sketch_columns(header, columns, mapping)
    _refuse_unknown(found, mapping or {})
    _refuse_twice(found.targets)
    if "reference" not in found.keys:
        names = ", ".join(t.header for t in found.targets if t.header)
        raise FileProblem(Problem("header_no_reference", value=names[:300]))
    return found


def sketch_columns(
    header: tuple[str, ...],
    columns: Iterable[Column] = STANDARD,
    mapping: Mapping[str, str] | None = None,
) -> ColumnMap:
    """Do the same without raising, for a user who has not chosen the columns yet."""
    known = {column.key: column for column in columns}
    names = _names(known.values())
    chosen = {
        fold_header(text): choice
        for text, choice in (mapping or {}).items()
        if choice in (ADDITIONAL, IGNORE) or choice in known
    }
    header = tuple(map(_plain, header))
    folded = [fold_header(text) for text in header]
    has_errors = "error" in folded
    targets = tuple(
        _target(index, text, (folded[index], has_errors), names, chosen)
        for index, text in enumerate(header)
    )
    targets = tuple(_yield(targets, folded, chosen))
    return ColumnMap(tuple(_free(targets)), known)


def signature(header: Iterable[str]) -> str:
    """Return a text that is equal for headers with the same columns in any order."""
    folded = sorted(filter(None, (fold_header(_plain(text)) for text in header)))
    return blake2b("\n".join(folded).encode(), digest_size=16).hexdigest()


def header_test(
    columns: Iterable[Column] = STANDARD, mapping: Mapping[str, str] | None = None
) -> HeaderTest:
    """Return a test for header lines: the reference column, or three known columns."""
    names = _names(columns)
    names |= {fold_header(_plain(text)): key for text, key in (mapping or {}).items()}

    def is_header(cells: Sequence[str]) -> bool:
        found = [names.get(fold_header(_plain(text)), IGNORE) for text in cells]
        keys = set(found) - {ADDITIONAL, IGNORE}
        return "reference" in keys or len(keys) >= 3

    return is_header


def _plain(text: str) -> str:
    """Return a header without surrounding characters, on one line."""
    return " ".join(unguard(trim(text)).split())


def _names(columns: Iterable[Column]) -> dict[str, str]:
    """Return folded header -> key; a key goes before the alias of another column."""
    columns = tuple(columns)
    names = {
        fold_header(alias): column.key for column in columns for alias in column.aliases
    }
    names.update({fold_header(column.key): column.key for column in columns})
    return names


def _target(
    index: int,
    text: str,
    folded: tuple[str, bool],
    names: Mapping[str, str],
    chosen: Mapping[str, str],
) -> Target:
    name, has_errors = folded
    if not text:
        return Target(index, "", "nameless")
    if choice := chosen.get(name):
        return _chosen(index, text, choice)
    if text.casefold().startswith(LABEL) and (label := trim(text[len(LABEL) :])):
        return Target(index, text, "additional", label)
    if text.casefold().startswith(FIGURE) and trim(text[len(FIGURE) :]):
        return Target(index, text, "ignored")
    if key := names.get(name):
        return Target(index, text, "standard", key)
    if name == "error" or (name == "line" and has_errors):
        return Target(index, text, "ignored")
    suggestion = suggest(name, names) if index < _SUGGESTED else ""
    return Target(index, text, "additional", text, suggestion)


def _chosen(index: int, text: str, choice: str) -> Target:
    if choice == ADDITIONAL:
        return Target(index, text, "additional", text)
    if choice == IGNORE:
        return Target(index, text, "ignored")
    return Target(index, text, "standard", choice)


def _yield(
    targets: Sequence[Target], folded: Sequence[str], chosen: Mapping[str, str]
) -> Iterator[Target]:
    """Yield the targets; a mere synonym is a label beside a better name of a column.

    What the user chose goes before the name of the column itself, and that before its
    synonyms, of which the first one counts. Two of the same rank both stay, and are
    refused, unless they are synonyms.
    """

    def rank(target: Target) -> int:
        name = folded[target.index]
        return 0 if name in chosen else 1 if name == fold_header(target.key) else 2

    best: dict[str, Target] = {}
    for target in sorted(targets, key=rank):
        if target.role == "standard":
            best.setdefault(target.key, target)
    for target in targets:
        first = best.get(target.key) if target.role == "standard" else None
        if first is None or first is target or rank(first) == rank(target) < 2:
            yield target
        else:
            yield Target(
                target.index, target.header, "additional", target.header, "",
                double=first.header,
            )  # fmt: skip


def _free(targets: Iterable[Target]) -> Iterator[Target]:
    """Yield the targets, without suggestions of columns that the file already has."""
    targets = tuple(targets)
    taken = {target.key for target in targets if target.role == "standard"}
    for target in targets:
        gone = target.suggestion in taken
        yield replace(target, suggestion="") if gone else target


def _refuse_unknown(found: ColumnMap, mapping: Mapping[str, str]) -> None:
    """Refuse a mapping to a column of an add-on that is no longer installed."""
    headers = {fold_header(target.header): target.header for target in found.targets}
    for text, choice in mapping.items():
        header = headers.get(fold_header(text))
        if header and choice not in (ADDITIONAL, IGNORE, *found.columns):
            raise FileProblem(Problem("header_target", column=header, value=choice))


def _refuse_twice(targets: Iterable[Target]) -> None:
    seen: dict[tuple[str, str], Target] = {}
    for target in targets:
        if target.role not in ("standard", "additional"):
            continue
        key = (target.role, fold_header(target.key))
        if key in seen:
            first, second = seen[key].index + 1, target.index + 1
            params = {"other": seen[key].header, "key": target.key}
            params |= {"first": str(first), "second": str(second)}
            raise FileProblem(
                Problem("header_duplicate", column=target.header, params=params)
            )
        seen[key] = target
