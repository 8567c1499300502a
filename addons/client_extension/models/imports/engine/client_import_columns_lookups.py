from contextlib import suppress

import babel
from babel.core import UnknownLocaleError, get_global

from odoo import api, models
from odoo.fields import Domain

from ....importer.text.fold import fold
from ....importer.types import Lookups

#: languages in which names of countries are understood, installed or not
LANGUAGES = ("en", "fr", "nl")
#: names that people write but no list of names has
COUNTRY_NICKNAMES = {
    "uk": "GB",
    "england": "GB",
    "great britain": "GB",
    "usa": "US",
    "u.s.a.": "US",
    "united states of america": "US",
    "u.s.": "US",
    "united states virgin islands": "VI",
    "u.k.": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "uae": "AE",
    "holland": "NL",
    "the netherlands": "NL",
    "slovak republic": "SK",
    "slovakia (slovak republic)": "SK",
    "kyrgyz republic": "KG",
    "lao people's democratic republic": "LA",
    "palestinian territory": "PS",
    "swaziland": "SZ",
    # names of before, and those of the standard ISO 3166
    "turkey": "TR",
    "ivory coast": "CI",
    "cape verde": "CV",
    "czech republic": "CZ",
    "macedonia": "MK",
    "burma": "MM",
    "east timor": "TL",
    "macau": "MO",
    "macao": "MO",
    "hong kong": "HK",
    "vatican": "VA",
    "holy see": "VA",
    "russian federation": "RU",
    "viet nam": "VN",
    "korea": "KR",
    "republic of korea": "KR",
    "korea, republic of": "KR",
    "iran, islamic republic of": "IR",
    "moldova, republic of": "MD",
    "tanzania, united republic of": "TZ",
    "syrian arab republic": "SY",
    "bolivia, plurinational state of": "BO",
    "venezuela, bolivarian republic of": "VE",
    "taiwan, province of china": "TW",
    "brunei darussalam": "BN",
    "congo, democratic republic of the": "CD",
    "democratic republic of the congo": "CD",
    "republic of the congo": "CG",
    "republic of ireland": "IE",
    "the gambia": "GM",
    "the bahamas": "BS",
    "the philippines": "PH",
    "people's republic of china": "CN",
}
#: columns whose unknown names an import creates, and the model of each
CREATABLE = {"category": "res.partner.category", "source": "utm.source"}
#: columns whose records can be archived
ARCHIVABLE = {"business_unit", "category", "client_type", "contact_role", "manager"}


class ClientImportColumns(models.AbstractModel):
    """What the names in the cells of a file mean."""

    _inherit = "client.import.columns"

    @api.model
    def _get_lookups(self, client_import, keys):
        """Tables of names for the columns of a file, made once per file.

        :param client_import: the ``client.import``, with the importing user as its user
        :param keys: set of column keys
        :return: ``importer.types.Lookups``
        """
        makers = self.with_context(active_test=True)._get_lookup_makers()
        tables = {
            key: _table(makers[key](client_import)) for key in makers if key in keys
        }
        # Archived records are still recognized by name, for clients that have them.
        makers = self.with_context(active_test=False)._get_lookup_makers()
        for key in tables.keys() & ARCHIVABLE:
            tables[key] = _table(makers[key](client_import)) | tables[key]
        states = self._get_states() if "state" in keys else {}
        twins = {
            key: found
            for key in keys & CREATABLE.keys()
            if (found := self._get_twins(key))
        }
        for key, found in twins.items():
            tables[key] = _without_younger(tables[key], found)
        lookups = Lookups(tables, states, self._get_creatable(), twins)
        return self._add_answers(client_import, lookups, keys)

    @api.model
    def _get_lookup_makers(self):
        """The method that makes the table of each column.

        :return: dict: column key -> method that takes the import and yields pairs
            (text, id); overridden along with ``_get_import_columns``
        """
        return {
            "country": self._get_country_names,
            "language": self._get_language_names,
            "client_type": self._get_client_type_names,
            "category": self._get_category_names,
            "business_unit": self._get_business_unit_names,
            "manager": self._get_manager_names,
            "source": self._get_source_names,
            "contact_role": self._get_contact_role_names,
        }

    @api.model
    def _get_creatable(self):
        """:return: frozenset of the keys of columns whose unknown names the import
        creates, if the user has the right"""
        return frozenset(
            key
            for key, model in CREATABLE.items()
            if self.env[model].has_access("create")
        )

    @api.model
    def _get_twins(self, key):
        """The records of one name, which two imports at once may have created.

        :param key: a key of ``CREATABLE``
        :return: dict: id of the oldest active one -> frozenset of ids of the others
        """
        records = self.env[CREATABLE[key]].with_context(active_test=False)
        alike = {}
        for record in records.search([], order="id").sorted(_is_archived):
            alike.setdefault(fold(record.display_name), []).append(record.id)
        return {ids[0]: frozenset(ids[1:]) for ids in alike.values() if len(ids) > 1}

    @api.model
    def _get_country_names(self, client_import):
        countries = self.env["res.country"].search([])
        by_code = {country.code: country.id for country in countries}
        yield from by_code.items()
        for code, places in get_global("territory_aliases").items():
            # three-letter codes, except those of countries that no longer exist
            is_one = len(code) == 3 and code.isalpha() and len(places) == 1
            if is_one and places[0] in by_code:
                yield code, by_code[places[0]]
        for name, code in COUNTRY_NICKNAMES.items():
            if code in by_code:
                yield name, by_code[code]
        for locale in self._get_locales():
            for code, name in locale.territories.items():
                if code in by_code:
                    yield name, by_code[code]
        yield from self._get_names_in_all_languages(countries)

    @api.model
    def _get_locales(self):
        codes = {
            *LANGUAGES,
            *(code for code, _name in self.env["res.lang"].get_installed()),
        }
        for code in sorted(codes):
            with suppress(UnknownLocaleError, ValueError):
                yield babel.Locale.parse(code)

    @api.model
    def _get_language_names(self, client_import):
        languages = self.env["res.lang"].search([])
        for language in languages:
            codes = (language.code, language.iso_code, language.url_code, language.name)
            for text in filter(None, codes):
                yield text, language.code
                yield text.replace("_", "-"), language.code
        # "French" means plain French where Belgian French exists as well.
        main = {language.code.split("_")[0]: language.code for language in languages}
        main |= {
            lang.iso_code: lang.code for lang in languages if "_" not in lang.iso_code
        }
        for locale in self._get_locales():
            for code, name in locale.languages.items():
                if code in main:
                    yield name, main[code]

    @api.model
    def _get_client_type_names(self, client_import):
        yield from self._get_names_in_all_languages(self.env["client.type"].search([]))

    @api.model
    def _get_category_names(self, client_import):
        categories = self.env["res.partner.category"].search([])
        return _ranked(
            self._get_names_in_all_languages(categories, "display_name"),
            self._get_names_in_all_languages(categories),
        )

    @api.model
    def _get_business_unit_names(self, client_import):
        company = client_import.company_id if client_import else self.env.company
        domain = Domain("company_id", "in", [False, company.id])
        if client_import:
            # The user could not write clients of a unit that is hidden from them. From
            # those who can create units, and ask without an import, none is hidden.
            domain &= Domain("id", "not in", self.env.user.client_hidden_unit_ids.ids)
        units = self.env["client.business.unit"].search(domain)
        return _ranked(
            ((unit.complete_name, unit.id) for unit in units),
            ((text, unit.id) for unit in units for text in (unit.name, unit.code)),
        )

    @api.model
    def _get_manager_names(self, client_import):
        domain = Domain("share", "=", False) & Domain(
            "company_ids", "in", client_import.company_id.ids
        )
        # Superuser: logins are only compared with what the file already names;
        # nothing about the users is shown.
        users = self.env["res.users"].sudo().search(domain)
        return _ranked(
            ((user.login, user.id) for user in users),
            ((user.email, user.id) for user in users),
        )

    @api.model
    def _get_source_names(self, client_import):
        sources = self.env["utm.source"].search([])
        yield from ((source.name, source.id) for source in sources)

    @api.model
    def _get_contact_role_names(self, client_import):
        roles = self.env["client.contact.role"].search([])
        yield from self._get_names_in_all_languages(roles)

    @api.model
    def _get_names_in_all_languages(self, records, field_name="name"):
        for code, _name in self.env["res.lang"].get_installed():
            for record in records.with_context(lang=code):
                yield record[field_name], record.id

    @api.model
    def _get_states(self):
        """:return: dict: folded name or code -> tuple of (state id, country id)"""
        table = {}
        for state in self.env["res.country.state"].search([]):
            pair = (state.id, state.country_id.id)
            # "California (US)" is how Odoo exports it.
            texts = (state.name, state.code, state.display_name)
            for text in set(map(fold, texts)):
                table.setdefault(text, set()).add(pair)
        return {text: tuple(pairs) for text, pairs in table.items()}


def _is_archived(record):
    return "active" in record._fields and not record.active


def _ranked(*groups):
    """Pairs (text, id) in which a full name takes precedence over part of another.

    :param groups: iterables of such pairs; a text of one is left out of the next ones
    """
    taken = set()
    for group in groups:
        pairs = [(fold(text), record_id) for text, record_id in group if text]
        yield from (pair for pair in pairs if pair[0] not in taken)
        taken.update(text for text, _record_id in pairs)


def _without_younger(table, twins):
    """:return: the same table, in which a text means the oldest of equal records"""
    leaders = {one: first for first, others in twins.items() for one in others}
    return {
        text: tuple(dict.fromkeys(leaders.get(one, one) for one in ids))
        if len(ids) > 1
        else ids
        for text, ids in table.items()
    }


def _table(pairs):
    table = {}
    for text, record_id in pairs:
        table.setdefault(fold(text), set()).add(record_id)
    return {text: tuple(ids) for text, ids in table.items()}
