import re

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.modules.db import FunctionStatus
from odoo.tools import SQL

#: the columns that the search box looks in as if they were one text
TEXTS = ("complete_name", "ref", "email", "vat", "city", "company_registry")
JOINED = " || chr(10) || ".join(["COALESCE(%s, '')"] * len(TEXTS))
#: of more clients than these, the persons are looked for along with the rest
MAX_PERSONS = 10_000
#: letters that are the same, for those who type without accents
ACCENTED = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿ"
PLAIN = "aaaaaaceeeeiiiinooooouuuuyy"


def _get_fold(registry):
    """:return: str, SQL with a place for a text: as it is compared, without accents"""
    if registry.has_unaccent:
        return f"lower({registry.unaccent('%s')})"
    return f"translate(lower(%s), '{ACCENTED}', '{PLAIN}')"


def _get_text_index(registry):
    """:return: str, the definition of the index behind the search box; empty where
    PostgreSQL has no trigrams, or where another add-on stores a column otherwise
    """
    known = registry["res.partner"]._fields
    columns = (known[name] for name in TEXTS)
    if (
        not registry.has_trigram
        or registry.has_unaccent == FunctionStatus.PRESENT
        or any(c.translate or c.company_dependent or not c.store for c in columns)
    ):
        return ""
    text = _get_fold(registry) % (JOINED % TEXTS)
    return f"USING gin (({text}) gin_trgm_ops) WHERE client_status IS NOT NULL"


class ResPartner(models.Model):
    """One box finds a client by whatever is known of it.

    All that is looked in has an index, and nothing keeps PostgreSQL from using it:
    what stands in other tables is looked up first, and comes as ids.
    """

    _inherit = "res.partner"

    client_search = fields.Char(
        compute="_compute_client_search",
        search="_search_client_search",
        export_string_translation=False,
    )

    _client_search_idx = models.Index(_get_text_index)

    def _compute_client_search(self):
        self.client_search = False

    @api.model
    def _search_client_search(self, operator, value):
        if operator != "ilike" or not isinstance(value, str):
            return NotImplemented
        text = value.replace("\0", "").strip()
        return self._get_client_search_domain(text) if text else Domain.TRUE

    @api.model
    def _get_client_search_domain(self, text):
        """What the search box of the Clients app looks in.

        :param str text: what the user typed, without surrounding space
        :return: ``Domain``; overridden by bridges that add a place to look in, which
            are fast with an index on it, or with ids that were looked up
        """
        domain = self._get_client_text_domain(text)
        domain |= self._get_client_persons_domain(text)
        digits = re.sub(r"\D", "", text)
        if len(digits) >= self._phone_search_min_length:
            # As dialled in the country: without the 0 it is a part of the full number.
            national = re.fullmatch(r"0([1-9]\d{5,})", digits)
            phone = national[1] if national else text
            domain |= Domain("phone_mobile_search", "ilike", phone)
        return domain | self._get_client_former_domain("ilike", text)

    @api.model
    def _get_client_text_domain(self, text):
        """:return: ``Domain`` of who has `text` in one of the columns of :data:`TEXTS`,
        in small or capital letters, with or without accents
        """
        fold = _get_fold(self.env.registry)

        def to_sql(model, alias, query):
            columns = (model._field_to_sql(alias, name, query) for name in TEXTS)
            known, typed = SQL(JOINED, *columns), SQL("%s", f"%{text}%")
            return SQL("%s LIKE %s", SQL(fold, known), SQL(fold, typed))

        return Domain.custom(to_sql=to_sql)

    @api.model
    def _get_client_persons_domain(self, text):
        """:return: ``Domain`` of the clients of whose contacts a name has `text` in it,
        by their ids unless they are very many
        """
        named = Domain("name", "ilike", text)
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
        # Where a person is looked for, the number on their card finds them as well.
        by_phone = operator == "ilike" and self.env.context.get("client_find_by_phone")
        digits = sum(char.isdigit() for char in value)
        if by_phone and digits >= self._phone_search_min_length:
            domain = Domain(domain) | Domain("phone_mobile_search", "ilike", value)
        return domain

    # Panel

    @api.model
    def search_panel_select_multi_range(self, field_name, **kwargs):
        """Count the clients of all categories in one query.

        Odoo counts those of a many2many field value by value, which takes seconds
        for a long list of categories on many clients.
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
