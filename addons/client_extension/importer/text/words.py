"""The words that stand for a value: those of English, French and Dutch, and the usual
ones of the other languages that Odoo is translated into."""

# ruff: noqa: RUF001 - words in other alphabets

import re
from typing import Final

from .fold import fold


def _table(*groups: tuple[bool | str, str]) -> dict[str, bool | str]:
    return {fold(word): value for value, words in groups for word in words.split(",")}


#: pairs of a value and its words, separated by commas
FLAG_WORDS: Final = (
    (True, "1,true,yes,y,oui,o,ja,j,vrai,waar,x,on,actif,actief,active"),
    (False, "0,false,no,n,non,nee,neen,faux,onwaar,off,inactif,inactief,inactive"),
    # German, Scandinavian, Baltic, Finnish
    (True, "wahr,aktiv,sand,sandt,sant,já,jah,jā,taip,kyllä,tõene,tosi"),
    (False, "nein,falsch,inaktiv,nej,nei,falskt,falsk,nē,ei"),
    # of the south
    (True, "sí,si,sim,vero,verdadero,verdadeiro,verdader,cert,da,adevărat,attivo"),
    (False, "não,falso,fals,nu,inattivo,inactivo,inativo"),
    (True, "activo,ativo,bai,po,ναι,αληθές"),
    (False, "ez,jo,όχι,ψευδές"),
    # Slavic, Hungarian
    (True, "tak,prawda,ano,áno,pravda,igen,igaz,да,так,истина"),
    (False, "nie,fałsz,ne,nepravda,nem,hamis,не,нет,ні,ложь"),
    # of the east
    (True, "evet,doğru,bəli,ha,نعم,بله,כן,हाँ,হ্যাঁ,હા,დიახ,тийм"),
    (False, "hayır,yanlış,xeyr,yo'q,لا,خیر,לא,नहीं,नही,ના,না,არა,үгүй"),
    (True, "ya,có,ใช่,はい,是,예,네"),
    (False, "tidak,không,ไม่,ไม่ใช่,いいえ,否,아니요,아니오"),
)
FLAGS: Final = _table(*FLAG_WORDS)
#: whether it is a company, and the words for it
TYPE_WORDS: Final = (
    (False, "individual,person,private,particulier,personne,individu,persoon,privé"),
    (False, "private person,personne physique,natuurlijke persoon,privépersoon"),
    (True, "company,professional,business,organisation,organization,firm"),
    (True, "société,entreprise,professionnel,professionnelle,personne morale"),
    (True, "bedrijf,firma,onderneming,professioneel,zakelijk,rechtspersoon"),
    (True, "organisatie,vennootschap"),
    # German, Scandinavian, Baltic, Finnish
    (False, "privatperson,einzelperson,natürliche person,privat,privatkunde"),
    (True, "unternehmen,gesellschaft,organisation,juristische person,geschäftskunde"),
    (False, "enskild,privatkund,einstaklingur,henkilö,yksityishenkilö,eraisik"),
    (True, "företag,bolag,virksomhed,selskap,bedrift,fyrirtæki,yritys,ettevõte"),
    (False, "asmuo,fizinis asmuo,persona privāta,fiziska persona"),
    (True, "įmonė,juridinis asmuo,uzņēmums,juridiska persona"),
    # of the south
    (False, "persona,individuo,persona física,persona fisica,privato,indivíduo"),
    (True, "empresa,compañía,persona jurídica,azienda,società,ditta,impresa"),
    (False, "pessoa,pessoa física,pessoa singular,persoană,persoană fizică"),
    (True, "companhia,pessoa jurídica,companyia,companie,societate,persona giuridica"),
    (False, "άτομο,ιδιώτης,φυσικό πρόσωπο"),
    (True, "εταιρεία,εταιρία,επιχείρηση,persoană juridică"),
    # Slavic, Hungarian
    (False, "osoba,osoba fizyczna,osoba prywatna,fyzická osoba,soukromá osoba"),
    (True, "przedsiębiorstwo,osoba prawna,společnost,právnická osoba,spoločnosť"),
    (False, "fizička osoba,fizična oseba,oseba,magánszemély,személy"),
    (True, "tvrtka,poduzeće,podjetje,kompanija,preduzeće,vállalat,cég"),
    (False, "физическое лицо,частное лицо,фізична особа,особа,човек,физическо лице"),
    (True, "компания,компанія,фирма,фірма,организация,юридическое лицо,предприятие"),
    # of the east
    (False, "kişi,birey,şahıs,şəxs,shaxs,فرد,شخص,אדם,אדם פרטי,व्यक्ति"),
    (True, "şirket,kurum,şirkət,kompaniya,شركة,الشركة,شرکت,חברה,कंपनी"),
    (False, "orang,perorangan,cá nhân,บุคคล,個人,个人,개인"),
    (True, "perusahaan,công ty,บริษัท,会社,法人,公司,企業,企业,회사"),
)
TYPES: Final = _table(*TYPE_WORDS)
STATUSES: Final = _table(
    ("prospect", "prospect,prospects,prospectus client,lead,potentiel,prospectie"),
    ("client", "client,cliente,clients,customer,klant,klanten"),
)
#: what programs write for a value that is not known: databases, spreadsheets in their
#: languages (Excel translates ``#N/A``); as they spell it, unlike the name Null
TEXT_NULLS: Final = frozenset(
    [
        r"NULL",
        r"null",
        r"\N",
        r"N/A",
        r"#N/A",
        r"#NV",
        r"#N/D",
        r"#N/B",
        r"#I/T",
        r"#YOK",
        r"#Н/Д",
        r"<NA>",
        r"<NULL>",
        r"<null>",
        r"(null)",
        r"[null]",
        r"[NULL]",
    ]
)
#: also a word, where no text is expected; a dash is none of these in any program
NULLS: Final = TEXT_NULLS | {"None", "nil", "undefined"}
#: the same with the space that some files have behind the separator
NULL_SPELLINGS: Final = NULLS | {f" {word}" for word in NULLS}

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
