from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.phone_validation.tools import phone_validation

from ...importer.text.fold import fold
from ...importer.text.identifiers import code, dialled, emails
from ...importer.text.letters import SEPARATOR
from ...tools.fold_sql import create_functions

#: the columns that the search box searches as one text
TEXTS = ("complete_name", "ref", "email", "city")
#: the columns in which spaces and punctuation are ignored
CODES = ("vat", "company_registry")
#: the columns of Odoo's international numbers, which are already digits
PHONES = ("phone_sanitized", "client_other_phone_sanitized")
BREAK = f"chr({ord(SEPARATOR)})"
#: SQL with a place for each column: texts, a double break, codes and numbers
JOINED = "client_fold({}) || {break_} || {break_} || {} || {break_} || {}".format(
    *(
        f" || {BREAK} || ".join([f"COALESCE({column}, '')"] * len(names))
        for column, names in (("%s", TEXTS), ("client_code(%s)", CODES), ("%s", PHONES))
    ),
    break_=BREAK,
)
#: with more matching clients than this, persons are searched in the main query
MAX_PERSONS = 10_000


def _has_plain_columns(registry, names):
    """:return: bool, whether no other add-on stores one of the columns differently"""
    columns = [registry["res.partner"]._fields[name] for name in names]
    return all(c.store and not c.translate and not c.company_dependent for c in columns)


def _get_text_index(registry):
    """:return: str, the definition of the index behind the search box; empty where
    PostgreSQL has no trigrams, or where another add-on stores a column differently"""
    names = (*TEXTS, *CODES, *PHONES)
    if not registry.has_trigram or not _has_plain_columns(registry, names):
        return ""
    joined = JOINED % names
    return f"USING gin (({joined}) gin_trgm_ops) WHERE client_status IS NOT NULL"


def _get_name_index(registry):
    """:return: str, the definition of the index by which parts of names are found"""
    if not registry.has_trigram or not _has_plain_columns(registry, ("name",)):
        return ""
    return "USING gin (client_fold(name) gin_trgm_ops)"


class ResPartner(models.Model):
    """One search box that finds a client by any of its data.

    Everything that is searched has an index, and PostgreSQL can always use it: values
    in other tables are looked up first and passed as ids.
    """

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    client_search = fields.Char(
        compute="_compute_client_search",
        search="_search_client_search",
        export_string_translation=False,
    )

    _client_search_idx = models.Index(_get_text_index)
    _client_name_part_idx = models.Index(_get_name_index)

    def _auto_init(self):
        # Before the indexes that use them.
        create_functions(self.env.cr)
        return super()._auto_init()

    def _compute_client_search(self):
        self.client_search = False

    @api.model
    def _search_client_search(self, operator, value):
        if operator != "ilike" or not isinstance(value, str):
            return NotImplemented
        text = value.replace("\0", "").strip()
        return self._get_client_search_domain(text) if _fold_part(text) else Domain.TRUE

    @api.model
    def _get_client_search_domain(self, text):
        """What the search box of the Clients app looks in.

        :param str text: what the user typed, without surrounding space
        :return: ``Domain``; overridden by bridges that search more data, which is fast
            with an index on it or with ids that were looked up first
        """
        domain = self._get_client_text_domain(text)
        domain |= self._get_client_persons_domain(text)
        if sum(map(str.isdigit, text)) >= self._phone_search_min_length:
            # Numbers that Odoo cannot convert to international format are stored as
            # typed.
            domain |= Domain("phone_mobile_search", "ilike", dialled(text) or text)
            domain |= self._get_client_national_domain(text)
        return domain | self._get_client_former_domain("ilike", text)

    @api.model
    def _get_client_national_domain(self, text):
        """:return: ``Domain`` of the partners whose number Odoo could not convert,
        because it is national and of an unknown country, and who have this one, typed
        in international format
        """
        number = _fold_part(text).replace("(0)", "").removeprefix("tel:")
        number = f"+{number[2:]}" if number.startswith("00") else number
        if not number.startswith("+"):
            return Domain.FALSE
        try:
            found = phone_validation.phone_parse(number, None)
        except UserError:  # incomplete, or of no country
            return Domain.FALSE
        national = Domain("phone_mobile_search", "ilike", str(found.national_number))
        return Domain("phone_sanitized", "=", False) & national

    @api.model
    def _get_client_text_domain(self, text):
        """:return: ``Domain`` of the partners with `text` in one of the columns of
        :data:`TEXTS`,
        :data:`CODES` or :data:`PHONES`, however it is spelled
        """
        patterns = self._get_client_search_patterns(text)

        def to_sql(model, alias, query):
            columns = (
                model._field_to_sql(alias, name, query)
                for name in (*TEXTS, *CODES, *PHONES)
            )
            known = SQL(JOINED, *columns)
            found = (SQL("%s LIKE %s", known, pattern) for pattern in patterns)
            return SQL("(%s)", SQL(" OR ").join(found))

        return Domain.custom(to_sql=to_sql)

    @api.model
    def _get_client_search_patterns(self, text):
        """:return: list of LIKE patterns for what the user typed: as a text and, if it
        has digits, also as a number, which matches only the numbers
        """
        folded = _fold_part(text)
        codes = {code(text), dialled(text)} if any(map(str.isdigit, text)) else set()
        numbers = SEPARATOR * 2 + "%"
        # Addresses that were copied with their name, or several of them.
        addresses = {_fold_part(address) for address in emails(text)} - {folded}
        return [
            *map(_contains, [folded, *sorted(addresses)]),
            *(_contains(one, numbers) for one in sorted(codes - {folded, ""})),
        ]

    @api.model
    def _get_client_persons_domain(self, text):
        """:return: ``Domain`` of the clients with a contact whose name contains `text`,
        by their ids unless there are too many
        """
        named = self._get_client_name_domain(_contains(_fold_part(text)))
        lines = self.env["client.contact"]
        clients = [
            *self._get_few(self, "parent_id", Domain("parent_id", "!=", False) & named),
            *self._get_few(lines, "client_id", Domain("contact_id", "any", named)),
        ]
        if len(clients) <= MAX_PERSONS:
            return Domain("id", "in", clients)
        domain = Domain("child_ids", "any", named)
        return domain | Domain("client_contact_ids.contact_id", "any", named)

    @api.model
    def _get_client_name_domain(self, pattern):
        """:return: ``Domain`` of the partners whose folded name is like `pattern`"""

        def to_sql(model, alias, query):
            column = model._field_to_sql(alias, "name", query)
            return SQL("client_fold(%s) LIKE %s", column, pattern)

        return Domain.custom(to_sql=to_sql)

    @api.model
    def _get_few(self, model, name, domain):
        """:return: list of ids in the column `name`, one more than :data:`MAX_PERSONS`
        when there are more
        """
        query = model._search(domain, limit=MAX_PERSONS + 1)
        column = model._field_to_sql(query.table, name, query)
        return [row[0] for row in self.env.execute_query(query.select(column))]

    # Look-ups

    @api.model
    def _search_display_name(self, operator, value):
        domain = super()._search_display_name(operator, value)
        if not isinstance(value, str):
            return domain
        if operator in ("=", "ilike", "=ilike", "like"):
            domain = Domain(domain) | self._get_client_former_domain(operator, value)
        # A person can also be found by the number on their card.
        by_phone = operator == "ilike" and self.env.context.get("client_find_by_phone")
        digits = sum(char.isdigit() for char in value)
        if by_phone and digits >= self._phone_search_min_length:
            domain = Domain(domain) | Domain("phone_mobile_search", "ilike", value)
        return domain

    # Panel

    @api.model
    def search_panel_select_multi_range(self, field_name, **kwargs):
        """Count the clients of all categories in one query.

        Odoo counts a many2many field value by value, which takes seconds with many
        categories and clients.
        """
        counted = kwargs.get("enable_counters") and not kwargs.get("group_by")
        if field_name != "category_id" or not counted:
            return super().search_panel_select_multi_range(field_name, **kwargs)
        kwargs["enable_counters"] = False
        result = super().search_panel_select_multi_range(field_name, **kwargs)
        domains = ("search_domain", "category_domain", "filter_domain")
        domain = Domain.AND(Domain(kwargs.get(name) or []) for name in domains)
        counts = dict(self._read_group(domain, [field_name], ["__count"]))
        counts = {category.id: count for category, count in counts.items()}
        for value in result.get("values", ()):
            value["__count"] = counts.get(value["id"], 0)
        return result


def _fold_part(text):
    """:return: str, a part of a text as it is compared; a dash at its end may separate
    two words"""
    return fold(text.replace(SEPARATOR, " ")).strip("- ")


def _contains(text, before=""):
    """:return: str, a LIKE pattern; ``%`` and ``_`` are wildcards, as in Odoo"""
    return "%{}{}%".format(before, text.replace("\\", "\\\\"))
