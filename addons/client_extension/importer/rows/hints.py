"""Headers that other systems use and that may mean a standard column.

They are only suggested, never applied: ``code`` is the reference in one file and the
price list in the next.
"""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final

from ..text.fold import fold_header

_HINTS: Final = {
    "reference": "id,code,number,no,nr,key,customer id,client id,customer code,"
    "client code,code client,id client,customer no,customer number,account number,"
    "account id,account code,company id,contact id,partner id,external id,klant id,"
    "klantcode,nummer,numéro,identifiant,matricule,debtor number,debiteurnummer,"
    "klantnr,debiteur,debiteurnr,relatienummer,relatienr,relatiecode,code tiers,"
    "compte client,compte tiers,réf client,ref nr,référence interne",
    "name": "company name,customer name,account name,company,customer,client,"
    "display name,société,nom de la société,bedrijf,bedrijfsnaam,organisation name,"
    "firma,organisatienaam,naam bedrijf,nom société",
    "address": "street address,address line 1,street 1,address line,billing street,"
    "straatnaam,straat en nummer,nom de rue,adresregel 1,adresse ligne 1,"
    "adresse de facturation,factuuradres,facturatieadres",
    "address_additional": "address line 2,bus,box,boîte,apartment,suite,"
    "bte,adresregel 2,adresse ligne 2",
    "city": "city name,company city,billing city,municipality,plaatsnaam",
    "zip": "billing zip,zip postal code",
    "country": "country name,company country,billing country,code pays,land code",
    "state": "state province,company state,billing state",
    "mobile": "phone 2,phone mobile,cell,gsm number,telephone 2,mobile phone number,"
    "gsm nummer,gsm nr,téléphone 2,telefoon 2,tel 2",
    "phone": "phone 1,telephone 1,main phone,work phone,home phone,company phone,"
    "tel nr,tél fixe,téléphone fixe,vaste telefoon,téléphone 1,telefoon 1,tel 1",
    "email": "email 1,primary email,work email,company email,main email",
    "website": "homepage,home page,company website,www,webpagina,page web",
    "vat": "vat no,vat id,tax number,tva intracommunautaire,tva intracom,"
    "numéro de tva intracommunautaire,ondernemingsnummer,btw identificatienummer",
    "comment": "description,memo,remarks,info,observations,note interne,"
    "notes internes,remarque interne,interne opmerking,opmerking intern",
    "manager": "owner,account owner,sales rep,sales representative,vertegenwoordiger,"
    "chargé de clientèle,chargée de clientèle,propriétaire,eigenaar",
    "client_type": "customer group,client group,segment,klantsoort,"
    "klantgroep,groupe de clients",
    "category": "group,groups,keywords,groupe,groupes,groep,groepen",
    "source": "lead source,origin,provenance,source lead,herkomst klant,"
    "origine du contact",
    "business_unit": "agence,succursale,filiaal,vestiging",
    "language": "taalcode,code langue",
    "status": "status klant",
    # similar in spelling to a column, but with another meaning
    "": "commande,commandes,commission,statue,lange",
}
#: characters at the end of abbreviations and questions
_MARKS: Final = dict.fromkeys(map(ord, ".:*?"))
#: what stands in brackets, such as a unit or the name of a field
_ASIDES: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
#: maximum characters of a header that is compared with the names of columns
_LONGEST: Final = 60
_KEYS: Final[Mapping[str, str]] = {
    fold_header(word): key for key, words in _HINTS.items() for word in words.split(",")
}


def suggest(name: str, names: Mapping[str, str]) -> str:
    """Return the column that a header may mean, or an empty text.

    ``name`` is a folded header that is not in ``names`` (folded header -> key).
    """
    if len(name) > _LONGEST:
        return ""
    plain = _ASIDES.sub("", name).translate(_MARKS)
    if plain in names:
        return names[plain]
    if plain in _KEYS:
        key = _KEYS[plain]
        return key if key in names.values() else ""
    close = get_close_matches(plain, names, n=1, cutoff=0.8)
    return names[close[0]] if close else ""
