from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ....importer.text.letters import compose

# In the context of a write whose caller checks all references afterwards. An object, so
# that it cannot be sent from outside.
CHECKED_LATER = object()
#: how many numbers after a taken one are looked at in one query
AHEAD = 1000


class ResPartner(models.Model):
    """The reference of a client and its references from before a merge.

    It is unique among the clients of a company. A former reference finds its client
    wherever the present one does.
    """

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    client_former_reference_ids = fields.One2many(
        "client.former.reference",
        "partner_id",
        string="Former References",
        groups="base.group_user",
    )
    client_former_references = fields.Char(
        string="Formerly",
        compute="_compute_client_former_references",
        groups="base.group_user",
        help="References of clients that were merged into this one. Searches "
        "and imports still find it by them.",
    )

    @api.depends("client_former_reference_ids.reference")
    def _compute_client_former_references(self):
        for partner in self:
            formers = partner.client_former_reference_ids
            partner.client_former_references = ", ".join(formers.mapped("reference"))

    @api.model
    def _number_new_clients(self, vals_list):
        """Give a reference to the new clients that have none.

        :param list vals_list: values for ``create``, changed in place
        """
        unnumbered = defaultdict(list)
        for vals in vals_list:
            if self._get_new_client_status(vals) and not vals.get("ref"):
                unnumbered[vals.get("company_id") or False].append(vals)
        for company_id, group in unnumbered.items():
            numbers = self._prepare_client_references(company_id, len(group))
            for vals, number in zip(group, numbers, strict=False):
                vals["ref"] = number

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        for vals in vals_list:
            if vals.get("client_status") and "ref" not in (default or {}):
                vals.pop("ref", None)
        return vals_list

    def _number_clients(self):
        """Give a reference to the clients among these partners that have none.

        :return: ``res.partner`` recordset of those that got one; not checked yet
        """
        numbered = self.browse()
        unnumbered = self.filtered(lambda partner: not partner.ref)
        for company, clients in unnumbered.grouped("company_id").items():
            numbers = self._prepare_client_references(company.id, len(clients))
            for client, number in zip(clients, numbers, strict=False):
                client.with_context(client_references=CHECKED_LATER).write(
                    {"ref": number}
                )
                numbered |= client
        return numbered

    @api.model
    def _prepare_client_references(self, company_id, count):
        """The references of new clients that have none.

        :param company_id: id of the clients' company, or a false value for all
        :param count: int, how many clients of this company need one
        :return: list of as many free references, empty where the company does not
            number its clients; overridden to number them differently
        """
        company = self.env["res.company"].browse(company_id or self.env.company.id)
        # Read as superuser: the setting is not confidential, and the sequence belongs
        # to the company, not to the user.
        company = company.sudo()
        if not company.client_auto_reference:
            return []
        sequence = self.env["ir.sequence"].sudo().with_company(company)
        sequence = sequence.search(
            [
                ("code", "=", "client.reference"),
                ("company_id", "in", [company.id, False]),
            ],
            order="company_id",
            limit=1,
        )
        references, draw = [], count
        while sequence and len(references) < count:
            drawn, last = self._draw_client_references(sequence, draw)
            taken = self._get_taken_client_references(drawn)
            references += [number for number in drawn if number not in taken]
            if draw := count - len(references):
                draw = self._count_client_draws(sequence, last, draw)
        return references

    @api.model
    def _draw_client_references(self, sequence, count):
        """Draw the next numbers of a sequence, taken or not.

        :param sequence: ``ir.sequence`` record
        :param int count: how many
        :return: pair (list of references, the last number), where the number is None
            for a sequence that has to be asked for each one: one without gaps, or
            with a range of dates
        """
        if sequence.implementation != "standard" or sequence.use_date_range:
            return [sequence.next_by_id() for _ in range(count)], None
        rows = self.env.execute_query(
            SQL(
                "SELECT nextval(%s) FROM generate_series(1, %s)",
                f"ir_sequence_{sequence.id:03d}",
                count,
            )
        )
        numbers = [number for (number,) in rows]
        return [sequence.get_next_char(number) for number in numbers], numbers[-1]

    @api.model
    def _count_client_draws(self, sequence, last, count):
        """How often to draw until some numbers are free, as far as can be seen.

        One query looks at the numbers ahead, as a sequence can run into thousands that
        are taken. They are not drawn before, so no free number is lost.

        :param sequence: ``ir.sequence`` record
        :param last: the number drawn last, or None
        :param int count: how many free numbers are needed
        :return: int
        """
        if last is None:
            return count
        step = sequence.number_increment
        ahead = [
            sequence.get_next_char(last + step * place)
            for place in range(1, max(AHEAD, count) + 1)
        ]
        taken = self._get_taken_client_references(ahead)
        free = [place for place, number in enumerate(ahead, 1) if number not in taken]
        return free[count - 1] if len(free) >= count else len(ahead)

    @api.model
    def _get_taken_client_references(self, references):
        """:return: set of the given references that a new client cannot get"""
        # Superuser: a number is taken even if the user cannot see its client.
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        taken = partners.search_fetch([("ref", "in", references)], ["ref"])
        formers = self.env["client.former.reference"].sudo()
        formers = formers.search_fetch([("reference", "in", references)], ["reference"])
        return {*taken.mapped("ref"), *formers.mapped("reference")}

    # Uniqueness

    @api.model
    def _compose_client_reference(self, vals):
        """Write a reference with composed accents, whoever sends it: the same letters
        typed on another system would make another reference.

        :param dict vals: values for ``create`` or ``write``
        :return: dict, the same or a changed copy
        """
        reference = vals.get("ref")
        if not isinstance(reference, str) or reference.isascii():
            return vals
        return {**vals, "ref": compose(reference)}

    def _compose_client_references(self):
        """The same for references that these partners had before they were clients."""
        for partner in self:
            if partner.ref and partner.ref != compose(partner.ref):
                partner.ref = compose(partner.ref)

    @api.constrains("ref", "company_id")
    def _check_client_reference(self):
        if self.env.context.get("client_references") is CHECKED_LATER:
            return
        clients = self.filtered(lambda p: p.client_status and p.ref)
        if not clients:
            return
        taken = self._get_client_reference_owners(clients)
        for reference, same in clients.grouped("ref").items():
            others = taken.get(reference, self.browse())
            if not others and len(same) == 1:
                continue
            for client in same:
                for other in (others | same) - client:
                    if client._shares_client_references(other):
                        raise ValidationError(client._client_reference_error(other))

    @api.model
    def _get_client_reference_owners(self, clients):
        """The other clients with the references of these ones, in one query.

        It claims the references too: what it finds stays true until the end of the
        transaction, see ``client.reference.claim``.

        :param clients: ``res.partner`` recordset
        :return: ``{reference: recordset in superuser mode}``
        """
        references = [reference for reference in clients.mapped("ref") if reference]
        if not references:
            return {}
        self.env["res.partner"].flush_model(["client_status", "ref"])
        rows = self.env.execute_query(
            SQL(
                """
                WITH claimed AS (%(claim)s)
                SELECT id
                  FROM res_partner
                 WHERE ref = ANY(%(references)s)
                   AND client_status IS NOT NULL
                   AND id <> ALL(%(ids)s)
                 ORDER BY id
                """,
                claim=self.env["client.reference.claim"]._get_claim_sql(references),
                references=references,
                ids=clients.ids,
            )
        )
        # Superuser: the reference of a client that the user cannot see is taken too.
        # Its name is not shown (see _client_reference_error).
        found = self.sudo().browse(partner_id for (partner_id,) in rows)
        return found.grouped("ref")

    def _shares_client_references(self, other):
        """Whether two clients draw their references from the same company.

        :param other: one ``res.partner``
        :return: bool; a client shared by all companies shares with those of every
            company
        """
        self.ensure_one()
        if "ref" in self._commercial_fields():
            # An add-on gives the people of a client its reference: it is still one.
            commercial = self.commercial_partner_id
            if commercial == other.commercial_partner_id and self.ref == other.ref:
                return False
        companies = self.company_id, other.company_id
        return not all(companies) or companies[0] == companies[1]

    def _client_reference_error(self, other):
        """:return: the error message that names the client that already has this
        reference"""
        self.ensure_one()
        # Odoo checks constraints as superuser: check what the user can see.
        if other.sudo(False).has_access("read"):
            return self.env._(
                "The reference %(reference)s is already used by "
                "%(client)s. Enter another one.",
                reference=self.ref,
                client=other.display_name,
            )
        return self.env._(
            "The reference %(reference)s is already used by a client you "
            "do not have access to. Enter another one.",
            reference=self.ref,
        )

    # Former references

    @api.model
    def _get_client_former_domain(self, operator, value):
        """The clients that a former reference finds.

        The ids are looked up first: a condition on another table would keep
        PostgreSQL from using the indexes of the conditions beside it.

        :param str operator: ``=``, ``in`` or one of the ``like`` family
        :return: ``Domain``, false if there are none
        """
        formers = self.env["client.former.reference"]
        if not value or not formers.has_access("read"):
            return Domain.FALSE
        found = formers.search_fetch([("reference", operator, value)], ["partner_id"])
        return Domain("id", "in", found.partner_id.ids) if found else Domain.FALSE
