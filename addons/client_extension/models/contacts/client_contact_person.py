from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.misc import clean_context

from ..clients.identity.person_name import join_name
from ..clients.identity.res_partner_name import PARTS

# Field of the line -> field of the person that it shows.
PERSON = {
    "civility": "client_civility",
    "first_name": "client_first_name",
    "last_name": "client_last_name",
    "email": "email",
    "function": "function",
    "phone": "phone",
    "mobile": "mobile",
    "lang": "lang",
    "source_id": "client_source_id",
}


class ClientContact(models.Model):
    """The person of a line, who can be entered together with it."""

    _inherit = "client.contact"  # pylint: disable=consider-merging-classes-inherited

    # Shown in the list, also for a person who is not stored yet.
    name = fields.Char(compute="_compute_name")
    # As the user, not as superuser: a person that the user is not allowed to see must
    # not be shown either while a form, or a call, only tries them.
    civility = fields.Selection(
        related="contact_id.client_civility", related_sudo=False, readonly=False
    )
    first_name = fields.Char(
        related="contact_id.client_first_name", related_sudo=False, readonly=False
    )
    last_name = fields.Char(
        related="contact_id.client_last_name", related_sudo=False, readonly=False
    )
    email = fields.Char(related="contact_id.email", related_sudo=False, readonly=False)
    function = fields.Char(
        related="contact_id.function",
        related_sudo=False,
        string="Job Position",
        readonly=False,
    )
    phone = fields.Char(
        related="contact_id.phone",
        related_sudo=False,
        string="Direct Phone",
        readonly=False,
    )
    mobile = fields.Char(
        related="contact_id.mobile", related_sudo=False, readonly=False
    )
    lang = fields.Selection(
        related="contact_id.lang", related_sudo=False, readonly=False
    )
    source_id = fields.Many2one(
        related="contact_id.client_source_id",
        related_sudo=False,
        string="Source",
        readonly=False,
    )
    salutation = fields.Char(related="contact_id.client_salutation", related_sudo=False)
    has_name_parts = fields.Boolean(
        related="contact_id.client_has_name_parts",
        related_sudo=False,
        export_string_translation=False,
    )
    client_is_company = fields.Boolean(
        related="client_id.is_company",
        related_sudo=False,
        export_string_translation=False,
    )
    main_must_have = fields.Char(
        compute="_compute_main_must_have",
        export_string_translation=False,
        help="Fields of this dialog that are required for the main contact of "
        "a company.",
    )

    @api.model
    def _traverse_related_sql(self, alias, field, query):
        # Users who see a line see its person and its client: lists sort and group by
        # these fields as by Odoo's own related fields.
        known = field.name in PERSON or field.related.startswith("client_id.")
        lines = self.sudo() if known else self
        return super(ClientContact, lines)._traverse_related_sql(alias, field, query)

    @api.depends("contact_id.name", "first_name", "last_name")
    def _compute_name(self):
        for line in self:
            typed = join_name(line.first_name, line.last_name)
            line.name = line.contact_id.name or typed

    @api.depends("client_id.company_id")
    @api.depends_context("company")
    def _compute_main_must_have(self):
        for line in self:
            # Superuser: users who see the clients may know which data the company
            # requires.
            company = (line.client_id.company_id or self.env.company).sudo()
            line.main_must_have = ",".join(company._get_main_contact_fields())

    @api.model
    def _prepare_new_persons(self, vals_list):
        """Create the persons who were entered, and update those who were changed.

        :param list vals_list: values for ``create``, including values of the person
            (see ``PERSON``)
        :return: list of values for ``create``, each with a person instead of these
            values
        :raise ValidationError: for a line with neither a person nor a name
        """
        prepared, partner_vals, waiting = [], [], []
        for vals in vals_list:
            line = {name: value for name, value in vals.items() if name not in PERSON}
            person = {PERSON[name]: vals[name] for name in vals.keys() & PERSON.keys()}
            prepared.append(line)
            if line.get("contact_id"):
                known = self.env["res.partner"].browse(line["contact_id"])
                self._update_person(known, person)
            elif not any(person.get(name) for name in PARTS):
                raise ValidationError(
                    self.env._("Select a person, or enter at least a name.")
                )
            else:
                waiting.append(line)
                partner_vals.append(self._prepare_person(line, person))
        # Defaults in the context are for the client, not for the person.
        env = self.env(context=clean_context(self.env.context))
        persons = env["res.partner"].create(partner_vals) if partner_vals else ()
        for line, person in zip(waiting, persons, strict=True):
            line["contact_id"] = person.id
        return prepared

    @api.model
    def _update_person(self, person, values):
        """Write the changed values on an existing person: a form sends all that it
        shows."""
        current = person._convert_to_write({name: person[name] for name in values})
        changed = {
            name: value
            for name, value in values.items()
            if (value or False) != (current[name] or False)
        }
        if changed:
            person.write(changed)

    @api.model
    def _prepare_person(self, line, values):
        """Values of a new person.

        The person becomes one of Odoo's own contacts of the client, so that all of Odoo
        finds them there. They share the address of the client, or have a separate
        address if a role says so.

        :param dict line: values for the line, without those of the person
        :param dict values: the values entered for the person, by field of the partner
        :return: values for ``create``; overridden to keep more on the person
        """
        new_line = self.new(line)
        client = new_line.client_id
        own_address = any(new_line.role_ids.mapped("keeps_own_address"))
        if not values.get("lang"):
            values = {**values, "lang": client.lang or self.env.lang}
        return {
            **values,
            "parent_id": client.id or client._origin.id,
            "type": "other" if own_address else "contact",
            "company_id": client.company_id.id,
            "client_status": False,
            "user_id": client.user_id.id or self.env.uid,
        }

    # Address: Odoo shares it between a child of type contact and its parent, both ways;
    # a child of type other has a separate one. Removing a role does not change this
    # back: that would overwrite the address of the person.

    def _keep_own_addresses(self):
        """Stop sharing the address with persons of these lines who have such a role."""
        # Superuser: addresses are shared whatever the user's access to roles and
        # persons, and only the type is written.
        lines = self.sudo().with_context(active_test=False)
        apart = lines.filtered(
            lambda line: (
                any(line.role_ids.mapped("keeps_own_address"))
                and line.contact_id.type == "contact"
                and line.contact_id.parent_id == line.client_id
            )
        )
        if apart:
            apart.contact_id.write({"type": "other"})

    def _get_own_addresses(self, persons):
        """Find the clients with which these persons do not share an address.

        :param persons: ``res.partner`` recordset
        :return: set of pairs (id of the person, id of the client)
        """
        if not self.env["client.contact.role"]._any_keeps_own_address():
            return set()
        # Superuser: lines that the user may not see count all the same.
        lines = self.sudo().with_context(active_test=False)
        lines = lines.search(
            Domain("contact_id", "in", persons.ids)
            & Domain("role_ids.keeps_own_address", "=", True)
        )
        return {(line.contact_id.id, line.client_id.id) for line in lines}
