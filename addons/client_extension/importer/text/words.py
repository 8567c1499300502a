"""The words that stand for a value, in English, French and Dutch."""

import re
from typing import Final

from .fold import fold


def _table(*groups: tuple[bool | str, str]) -> dict[str, bool | str]:
    return {fold(word): value for value, words in groups for word in words.split(",")}


FLAGS: Final = _table(
    (True, "1,true,yes,y,oui,o,ja,j,vrai,waar,x,on,actif,actief,active"),
    (False, "0,false,no,n,non,nee,neen,faux,onwaar,off,inactif,inactief,inactive"),
)
#: whether it is a company
TYPES: Final = _table(
    (False, "individual,person,private,particulier,personne,individu,persoon,privé"),
    (False, "private person,personne physique,natuurlijke persoon,privépersoon"),
    (True, "company,professional,business,organisation,organization,firm"),
    (True, "société,entreprise,professionnel,professionnelle,personne morale"),
    (True, "bedrijf,firma,onderneming,professioneel,zakelijk,rechtspersoon"),
    (True, "organisatie,vennootschap"),
)
STATUSES: Final = _table(
    ("prospect", "prospect,prospects,prospectus client,lead,potentiel,prospectie"),
    ("client", "client,cliente,clients,customer,klant,klanten"),
)

_OUTSIDE: Final = r"@\s,;:<>()\[\]\\\"."
_ATOM: Final = rf"[^{_OUTSIDE}]+"
_EDGE: Final = rf"[^{_OUTSIDE}\-]"
_LABEL: Final = rf"{_EDGE}(?:[^{_OUTSIDE}]*{_EDGE})?"
_ADDRESS: Final = rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+{_LABEL}"
_EMAIL: Final = re.compile(rf"(?:{_ADDRESS}|[^@<>]*<{_ADDRESS}>)")


def is_email(text: str) -> bool:
    """Whether each of the addresses (separated by ``,`` or ``;``) looks like one."""
    parts = [part.strip() for part in re.split(r"[,;]", text)]
    return all(_EMAIL.fullmatch(part) for part in parts)
