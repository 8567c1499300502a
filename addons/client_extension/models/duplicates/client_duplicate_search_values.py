from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...importer.text.identifiers import VAT_PREFIXES
from ...tools.name_keys import group_by_keys, name_keys
from .res_partner_duplicate import SEVERAL_EMAILS

#: fields compared without case, spaces and punctuation, where shorter values are
#: ignored: a tax ID "/" means that there is none
CODES = ("vat", "company_registry")
MIN_LENGTH = 4


class ClientDuplicateSearch(models.Model):
    """The values of fields in which a search for duplicates compares partners."""

    _inherit = "client.duplicate.search"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _get_duplicate_keys(self):
        """The fields in which duplicates have the same values.

        :return: dict: code of a reason -> tuple of names of stored text fields;
            overridden to compare other fields, with their texts in
            ``client.duplicate.group._get_reason_names``
        """
        return {
            "ref": ("ref",),
            "vat": ("vat",),
            "registry": ("company_registry",),
            "email": ("email_normalized", "email"),
            "phone": ("phone_sanitized", "client_other_phone_sanitized"),
        }

    def _get_same_values(self, names, domain):
        """The partners with the same value in one of these fields, in one query.

        :param names: names of stored text fields
        :param domain: ``Domain`` of the partners that are compared
        :return: list of lists of ids
        """
        partners = self._get_partners()
        selects = []
        for name in names:
            query = partners._search(domain & Domain(name, "!=", False))
            column = partners._field_to_sql(query.table, name, query)
            value = self._get_compared_value(query, name, column)
            table = SQL.identifier(query.table, "id")
            selects.append(
                query.select(SQL("%s AS value", value), SQL("%s AS id", table))
            )
        rows = self.env.execute_query(
            SQL(
                "SELECT array_agg(DISTINCT found.id ORDER BY found.id)"
                " FROM (%s) AS found WHERE found.value <> ''"
                " GROUP BY found.value HAVING count(DISTINCT found.id) > 1",
                SQL(" UNION ALL ").join(selects),
            )
        )
        # Two partners that share both numbers, or both spellings, are one set, not two.
        places = {}
        for place, (ids,) in enumerate(rows):
            for one in ids:
                places.setdefault(one, []).append(place)
        return group_by_keys(places.items())

    @api.model
    def _get_compared_value(self, query, name, column):
        """The SQL by which the values of a field are compared.

        :param query: ``Query`` of the partners that are compared; can be narrowed
        :param str name: of the field
        :param column: ``SQL`` of its column
        :return: ``SQL`` of a text, or of several rows of them; overridden for a field
            that can be spelled in several ways
        """
        if name in CODES:
            code = SQL("client_code(%s)", column)
            query.add_where(SQL("length(%s) >= %s", code, MIN_LENGTH))
            return self._get_vat_spellings(query, code) if name == "vat" else code
        if name == "email":
            query.add_where(SQL(SEVERAL_EMAILS, column=column))
            return SQL("unnest(client_emails(%s))", column)
        return SQL("btrim(%s)", column)

    @api.model
    def _get_vat_spellings(self, query, code):
        """A tax ID that is stored without its prefix is also compared with that of the
        country of its partner.

        :param query: ``Query`` of the partners
        :param code: ``SQL`` of the tax ID without punctuation
        :return: ``SQL`` of one or two rows of texts
        """
        # Superuser: countries are not confidential.
        countries = self.env["res.country"].sudo().search_fetch([], ["code"])
        known = {country.id: (country.code or "").lower() for country in countries}
        prefixes = {
            id_: VAT_PREFIXES[iso] for id_, iso in known.items() if iso in VAT_PREFIXES
        }
        country = self._get_partners()._field_to_sql(query.table, "country_id", query)
        cases = (
            SQL("WHEN %s THEN %s", country_id, prefix)
            for country_id, prefix in prefixes.items()
        )
        prefix = SQL("CASE %s %s END", country, SQL(" ").join(cases))
        own = tuple(set(prefixes.values()))
        # Without such a prefix, the second one is null.
        return SQL(
            "unnest(CASE WHEN left(%s, 2) IN %s THEN ARRAY[%s]"
            " ELSE ARRAY[%s, %s || %s] END)",
            *(code, own, code, code, prefix, code),
        )

    def _get_same_persons(self, names):
        """Contacts who share a value with each other or with a client and have a
        similar name: the contacts of one client often share its phone and mailbox.

        :param names: names of stored text fields
        :return: list of lists of ids, each with a contact who is not a client
        """
        sets = self._get_same_values(names, self._get_domain())
        ids = list({one for ids in sets for one in ids})
        partners = self._get_partners().browse(ids)
        partners.fetch(["name", "client_status"])
        clients = set(partners.filtered("client_status").ids)
        names = {partner.id: name_keys(partner.name) for partner in partners}
        found = []
        for ids in sets:
            if not clients.issuperset(ids):
                found += group_by_keys((one, names[one]) for one in ids)
        return [ids for ids in found if not clients.issuperset(ids)]
