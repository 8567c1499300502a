import re

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.phone_validation.tools import phone_validation

from ...importer.text.fold import fold
from ...importer.text.identifiers import code, emails, vat_codes

NAME_MIN_LENGTH = 3
#: of names of any length; in a long one more has to be the same (see _get_similarity)
NAME_SIMILARITY = 0.6
MAX_FOUND = 8
#: SQL: where Odoo's normalized email is incomplete: several addresses, or odd
#: characters
SEVERAL_EMAILS = (
    "(%(column)s ~ '@.*@' OR octet_length(%(column)s) <> char_length(%(column)s))"
)
#: longer than any text that users type, and short enough to search for
MAX_TYPED = 200


class ResPartner(models.Model):
    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    client_other_phone_sanitized = fields.Char(
        compute="_compute_client_other_phone_sanitized",
        compute_sudo=True,
        store=True,
        groups="base.group_user",
        export_string_translation=False,
        help="Odoo stores one sanitized number per contact. If both a phone "
        "and a mobile are known, this field holds the other one, so that "
        "both can be found.",
    )

    _client_email_idx = models.Index(
        "(email_normalized) WHERE email_normalized IS NOT NULL"
    )
    _client_emails_idx = models.Index(
        f"USING gin (client_emails(email)) WHERE {SEVERAL_EMAILS % {'column': 'email'}}"
    )
    _client_vat_idx = models.Index("(client_code(vat)) WHERE vat IS NOT NULL")
    _client_registry_idx = models.Index(
        "(client_code(company_registry)) WHERE company_registry IS NOT NULL"
    )
    _client_phone_idx = models.Index(
        "(phone_sanitized) WHERE phone_sanitized IS NOT NULL"
    )
    _client_other_phone_idx = models.Index(
        "(client_other_phone_sanitized) WHERE client_other_phone_sanitized IS NOT NULL"
    )

    # In the order of the search for names with the same beginning, so that a common
    # beginning is found as fast as a rare one.
    _client_name_start_idx = models.Index('(client_fold(name) COLLATE "C")')

    @api.depends("phone", "mobile", "country_id")
    def _compute_client_other_phone_sanitized(self):
        for partner in self:
            other = partner.mobile and partner.phone
            other = other and partner._phone_format(fname="phone")
            partner.client_other_phone_sanitized = other or False

    # Look-up

    @api.model
    @api.readonly
    def client_find_duplicates(
        self, values, partner_id=None, persons_only=False, client_id=None
    ):
        """Partners that may be the one being entered, each with the reasons.

        Only partners that the user can read are found, archived ones included, but not
        the partner itself, its contacts and addresses, or those marked as not
        duplicates.

        :param dict values: the values entered so far: ``name``, ``email``, ``phone``,
            ``mobile``, ``vat``, ``company_registry``, ``ref``, ``country_id``; other
            keys are ignored
        :param partner_id: id of the partner being changed, or a false value
        :param persons_only: whether a contact is being entered, who is not a company
        :param client_id: id of the client whose contact it is, if any: a client cannot
            be its own contact
        :return: list of dicts ``id, name, status, active, is_company, city, reasons``,
            the strongest reasons first, ``reasons`` being codes among ``ref``, ``vat``,
            ``registry``, ``email``, ``phone``, ``name_start``, ``name_similar``
        :raise AccessError: when the user is not in the Clients app
        """
        self._check_client_user()
        # Company rules and numbers without a prefix need these: read later, they would
        # be fetched with all columns. Superuser: they are the user's own companies.
        self.env.companies.sudo().fetch(["country_id", "parent_path"])
        values, partner_id = _as_typed(values), _as_id(partner_id)
        among = Domain("is_company", "=", False) if persons_only else Domain.TRUE
        if client_id := _as_id(client_id):
            among &= Domain("id", "!=", client_id)
        found = {}
        for reason, partners in self._get_client_duplicates(values, partner_id, among):
            for partner in partners:
                found.setdefault(partner, []).append(reason)
        partners = sorted(found, key=lambda p: -len(found[p]))[:MAX_FOUND]
        return [p._prepare_client_duplicate(found[p]) for p in partners]

    @api.model
    def _get_client_duplicate_fields(self):
        """:return: list of the stored fields behind :meth:`_prepare_client_duplicate`,
        so that not all columns are read; extended along with it
        """
        shown = ["client_status", "active", "is_company", "city"]
        # The fields that the display name is made from.
        named = ["name", "complete_name", "parent_id", "type", "company_name"]
        return [*shown, *named, "commercial_company_name"]

    def _prepare_client_duplicate(self, reasons):
        """:return: dict, the data that the banner shows for one partner found"""
        self.ensure_one()
        return {
            "id": self.id,
            "name": self.display_name,
            "status": self.client_status or "",
            "active": self.active,
            "is_company": self.is_company,
            "city": self.city or "",
            "reasons": reasons,
        }

    @api.model
    def _get_client_duplicates(self, values, partner_id, among=Domain.TRUE):
        """Search by each of the values.

        :param dict values: see :meth:`client_find_duplicates`
        :param partner_id: id of the partner to leave out with its contacts and
            addresses, or false
        :param among: ``Domain`` that limits the results
        :return: list of pairs (code of the reason, recordset), strongest first;
            overridden to search by other values as well
        """
        partners = self.with_context(active_test=False)
        family = among
        if partner_id:
            family &= ~Domain("id", "child_of", partner_id)
            # Superuser: users who see partners may know which are marked as not
            # duplicates.
            told_apart = self.env["client.not.duplicate"].sudo()
            if others := told_apart._get_others(partner_id):
                family &= Domain("id", "not in", others)
        # Look up its contacts once, not for each of the searches.
        family = family.optimize_full(partners)
        shown = self._get_client_duplicate_fields()
        found = [
            (reason, partners._search_client_exact(domain & family, shown))
            for reason, domain in self._get_client_duplicate_domains(values)
        ]
        name = fold(values.get("name") or "")
        if len(name) >= NAME_MIN_LENGTH:
            same = partners._search_client_names_starting(name, family)
            found.append(("name_start", same))
            similar = partners.browse()
            # Enough names begin the same: others would tell less and cost the most.
            if len(same) < MAX_FOUND:
                similar = partners._search_client_similar_names(name, family) - same
                found.append(("name_similar", similar))
            # Not fetch(): that would read all columns because of the access rules.
            partners.search_fetch([("id", "in", (same | similar).ids)], shown)
        return found

    @api.model
    def _get_client_duplicate_domains(self, values):
        """:return: list of pairs (code of the reason, ``Domain``) for exact matches"""
        searches = []
        if ref := str(values.get("ref") or "").strip():
            former = self._get_client_former_domain("=", ref)
            searches.append(("ref", Domain("ref", "=", ref) | former))
        if vats := self._get_client_vat_codes(values):
            searches.append(("vat", self._get_client_code_domain("vat", vats)))
        if registry := code(values.get("company_registry") or ""):
            domain = self._get_client_code_domain("company_registry", [registry])
            searches.append(("registry", domain))
        if addresses := emails(values.get("email") or ""):
            searches.append(("email", self._get_client_emails_domain(addresses)))
        if phones := self._get_client_sanitized_phones(values):
            fields_of_phones = ("phone_sanitized", "client_other_phone_sanitized")
            domain = Domain.OR(Domain(name, "in", phones) for name in fields_of_phones)
            searches.append(("phone", domain))
        return searches

    @api.model
    def _get_client_vat_codes(self, values):
        """:return: list of the forms in which the typed VAT number is compared"""
        if not (vat := values.get("vat")):
            return []
        if country := self._get_client_typed_country(values):
            return vat_codes(vat, country.code or "")
        own = self.env.company.country_id.code or ""
        return sorted({*vat_codes(vat, own), *vat_codes(vat, None)})

    @api.model
    def _get_client_code_domain(self, name, codes):
        """:return: ``Domain`` of the partners with one of these tax or company IDs in
        the field `name`, however it is spelled
        """

        def to_sql(model, alias, query):
            column = model._field_to_sql(alias, name, query)
            return SQL("client_code(%s) IN %s", column, tuple(codes))

        return Domain(name, "!=", False) & Domain.custom(to_sql=to_sql)

    @api.model
    def _get_client_emails_domain(self, addresses):
        """:return: ``Domain`` of the partners with one of these addresses, possibly
        among others
        """

        def to_sql(model, alias, query):
            column = model._field_to_sql(alias, "email", query)
            found = SQL("client_emails(%s) && %s::text[]", column, addresses)
            return SQL("(%s AND %s)", SQL(SEVERAL_EMAILS, column=column), found)

        one = Domain("email_normalized", "in", addresses)
        return one | Domain.custom(to_sql=to_sql)

    @api.model
    def _get_client_sanitized_phones(self, values):
        """:return: list of the typed phone and mobile in international format"""
        if not (values.get("phone") or values.get("mobile")):
            return []
        country = self._get_client_typed_country(values)
        country = country or self.env.company.country_id
        phones = (
            phone_validation.phone_format(
                str(values[name]),
                country.code,
                country.phone_code,
                force_format="E164",
                raise_exception=False,
            )
            for name in ("phone", "mobile")
            if values.get(name)
        )
        return sorted({phone for phone in phones if phone.startswith("+")})

    @api.model
    def _get_client_typed_country(self, values):
        """:return: ``res.country`` of the partner being entered, possibly empty"""
        countries = self.env["res.country"]
        if not (country_id := values.get("country_id")):
            return countries
        return countries.search_fetch([("id", "=", country_id)], ["code", "phone_code"])

    @api.model
    def _search_client_exact(self, domain, field_names):
        """Partners that match one of the exact searches, by name.

        :param domain: ``Domain``
        :param list field_names: stored fields that are read along
        :return: recordset
        """
        query = self._search(domain)
        name = self._field_to_sql(query.table, "complete_name", query)
        # Not the default order: PostgreSQL expects more matches than there are, and
        # would go through its index, and so all partners, to find the first ones.
        query.order = SQL("COALESCE(%s, '')", name)
        query.limit = MAX_FOUND
        return self._fetch_query(query, self._determine_fields_to_fetch(field_names))

    @api.model
    def _search_client_names_starting(self, name, domain):
        """Partners whose name begins with `name`, sorted by name.

        :param str name: the name being typed, folded
        :param domain: ``Domain`` that the partners must also match
        :return: recordset, exact matches first
        """
        query = self._search(domain)
        column = self._field_to_sql(query.table, "name", query)
        names = SQL('client_fold(%s) COLLATE "C"', column)
        query.add_where(SQL("%s LIKE %s", names, _escape_like(name) + "%"))
        query.order = names
        query.limit = MAX_FOUND
        return self.browse(query.get_result_ids())

    @api.model
    def _search_client_similar_names(self, name, domain):
        """Partners with a very similar name, the most similar first.

        :param str name: the name being typed, folded
        :param domain: ``Domain`` that the partners must also match
        :return: recordset; empty where PostgreSQL has no trigrams
        """
        if not self.env.registry.has_trigram:
            return self.browse()
        self.env.cr.execute(
            SQL("SET LOCAL pg_trgm.similarity_threshold = %s", _get_similarity(name))
        )
        query = self._search(domain)
        column = self._field_to_sql(query.table, "name", query)
        column = SQL("client_fold(%s)", column)
        query.add_where(SQL("%s %% %s", column, name))
        query.order = SQL("similarity(%s, %s) DESC", column, name)
        query.limit = MAX_FOUND
        return self.browse(query.get_result_ids())


def _escape_like(text):
    """:return: `text` with the wildcards of SQL's LIKE escaped"""
    return re.sub(r"([\\%_])", r"\\\1", text)


def _get_similarity(name):
    """How similar another name must be: any name may contain two typos.

    In a long name they change little; requiring more similarity there takes PostgreSQL
    a fraction of the time.

    :return: float, the share of trigrams in common
    """
    slips = 5
    share = (len(name) - slips) / (len(name) + slips)
    return max(NAME_SIMILARITY, round(share, 2))


def _as_typed(values):
    """:return: dict of the caller's values, made safe: short texts and an id"""
    if not isinstance(values, dict):
        return {}
    texts = {
        key: str(value or "").replace("\0", "")[:MAX_TYPED]
        for key, value in values.items()
    }
    return {**texts, "country_id": _as_id(values.get("country_id"))}


def _as_id(value):
    """:return: int, the id of a record, or False"""
    return value if type(value) is int and 0 < value < 2**31 else False
