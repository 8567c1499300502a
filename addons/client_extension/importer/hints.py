"""Headers that other systems use and that may mean a standard column.

They are proposed, never taken: ``code`` is the reference of one file and the
price list of the next.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final

from .fold import fold_header

_HINTS: Final = {
    "reference": "id,code,number,no,nr,key,customer id,client id,customer code,"
    "client code,code client,id client,customer no,customer number,account number,"
    "account id,account code,company id,contact id,partner id,external id,klant id,"
    "klantcode,nummer,numéro,identifiant,matricule,debtor number,debiteurnummer",
    "name": "company name,customer name,account name,company,customer,client,"
    "display name,société,nom de la société,bedrijf,bedrijfsnaam,organisation name",
    "address": "street address,address line 1,street 1,address line,billing street",
    "address_additional": "address line 2,bus,box,boîte,apartment,suite",
    "city": "city name,company city,billing city,municipality",
    "zip": "billing zip,zip postal code",
    "country": "country name,company country,billing country",
    "state": "state province,company state,billing state",
    "mobile": "phone 2,phone mobile,cell,gsm number,telephone 2,mobile phone number",
    "phone": "phone 1,telephone 1,main phone,work phone,home phone,company phone",
    "email": "email 1,primary email,work email,company email,main email",
    "website": "homepage,home page,company website,www",
    "vat": "vat no,vat id,tax number,tva intracommunautaire",
    "comment": "description,memo,remarks,info,observations",
    "manager": "owner,account owner,sales rep,sales representative",
    "client_type": "customer group,client group,segment",
    "category": "group,groups,keywords",
    "source": "lead source,origin,provenance",
}
_KEYS: Final[Mapping[str, str]] = {
    fold_header(word): key for key, words in _HINTS.items() for word in words.split(",")
}


def suggest(name: str, names: Mapping[str, str]) -> str:
    """The column that a header may mean, or nothing.

    ``name`` is a folded header that is none of ``names`` (folded header -> key).
    """
    if key := _KEYS.get(name):
        return key if key in names.values() else ""
    close = get_close_matches(name, names, n=1, cutoff=0.8)
    return names[close[0]] if close else ""
