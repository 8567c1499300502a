from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

#: in the context of an undo: the line never existed, so this is not a removal
TAKEN_BACK = object()


class ClientContact(models.Model):
    """A contact of a client, with the roles and the period.

    There is one line for each client and person. The same person can be the escort of
    one client and a traveller of another; removing a line never removes the person.
    """

    _name = "client.contact"
    _description = "Client Contact"
    _order = "is_main DESC, date_end DESC, id"
    _rec_names_search = ["contact_id.complete_name", "client_id.complete_name"]

    client_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="cascade"
    )
    # Not required in Python: the line of a new person has no contact until it is
    # created (see client_contact_person.py). The constraint below requires one.
    contact_id = fields.Many2one(
        "res.partner",
        string="Person",
        index=True,
        ondelete="cascade",
        domain="[('is_company', '=', False)]",
    )
    role_ids = fields.Many2many("client.contact.role", string="Roles")
    # The default prevents NULL, which PostgreSQL sorts before true.
    is_main = fields.Boolean(
        string="Main Contact",
        default=False,
        help="A client can have only one main contact.",
    )
    date_start = fields.Date(string="From")
    date_end = fields.Date(
        string="Until", help="After this date, the line is kept as history only."
    )
    is_ended = fields.Boolean(
        string="Ended", compute="_compute_is_ended", search="_search_is_ended"
    )
    is_current = fields.Boolean(
        string="Current", compute="_compute_is_current", search="_search_is_current"
    )
    note = fields.Char()
    company_id = fields.Many2one(
        related="client_id.company_id", store=True, index="btree_not_null"
    )
    # As the user: see the fields of the person (client_contact_person.py).
    client_status = fields.Selection(
        related="client_id.client_status", related_sudo=False
    )
    client_phone = fields.Char(
        related="client_id.phone", related_sudo=False, string="Client Phone"
    )

    _contact_required = models.Constraint(
        "CHECK(contact_id IS NOT NULL)",
        "Select a person, or enter at least a name for a new one.",
    )
    _one_line_each = models.UniqueIndex(
        "(client_id, contact_id)",
        "This person is already a contact of this client.",
    )

    @api.depends("contact_id", "client_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for line in self:
            person = line.contact_id.name or line.contact_id.display_name or ""
            client = line.client_id.name
            line.display_name = f"{person} ({client})" if client else person

    @api.depends("date_end")
    def _compute_is_ended(self):
        today = fields.Date.context_today(self)
        for line in self:
            line.is_ended = bool(line.date_end and line.date_end < today)

    @api.model
    def _search_is_ended(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("date_end", "<", fields.Date.context_today(self))

    @api.depends("date_start", "is_ended")
    def _compute_is_current(self):
        today = fields.Date.context_today(self)
        for line in self:
            begun = not line.date_start or line.date_start <= today
            line.is_current = begun and not line.is_ended

    @api.model
    def _search_is_current(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_current_domain()

    @api.model
    def _get_current_domain(self):
        """:return: ``Domain`` of the lines that are current today: started and not
        ended"""
        today = fields.Date.context_today(self)
        begun = Domain("date_start", "=", False) | Domain("date_start", "<=", today)
        return begun & Domain("is_ended", "=", False)

    @api.model
    def _get_recipient_domain(self, right):
        """:return: ``Domain`` of the lines whose persons receive a kind of document
        today; `right` is the boolean field of the roles for this kind"""
        return (
            self._get_current_domain()
            & Domain(f"role_ids.{right}", "=", True)
            & Domain("contact_id.email", "!=", False)
            & Domain("contact_id.active", "=", True)
        )

    @api.constrains("date_start", "date_end")
    def _check_dates_in_order(self):
        for line in self.filtered(lambda line: line.date_start and line.date_end):
            if line.date_end < line.date_start:
                raise ValidationError(
                    self.env._(
                        "%s: the end date cannot be before the start date.",
                        line.display_name,
                    )
                )

    # Only in Python: lines older than this check stay until a user removes them, and
    # must not make an upgrade fail.
    @api.constrains("client_id", "contact_id")
    def _check_somebody_else(self):
        for line in self.filtered(lambda line: line.client_id == line.contact_id):
            raise ValidationError(
                self.env._(
                    "A client cannot be its own contact: %s.", line.client_id.name
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = self._prepare_new_persons(vals_list)
        self._check_one_line_each(
            [(vals.get("client_id"), vals.get("contact_id")) for vals in vals_list]
        )
        self._choose_main_contacts(vals_list)
        lines = super().create(vals_list)
        lines.filtered("is_main")._replace_main_contacts()
        lines._keep_own_addresses()
        # A person who has a line is no longer marked as one whose line was removed.
        # Superuser: the mark is only about the line.
        lines.sudo().contact_id._forget_removed_lines()
        return lines

    def write(self, vals):
        if vals.keys() & {"client_id", "contact_id"}:
            self._check_one_line_each(
                [
                    (
                        vals.get("client_id", line.client_id.id),
                        vals.get("contact_id", line.contact_id.id),
                    )
                    for line in self
                ]
            )
        result = super().write(vals)
        if vals.keys() & {"client_id", "contact_id"}:
            # Users cannot link records that they are not allowed to see.
            self.check_access("write")
        if vals.get("is_main") or "client_id" in vals:
            self.filtered("is_main")._replace_main_contacts()
        if vals.keys() & {"client_id", "contact_id", "role_ids"}:
            self._keep_own_addresses()
        return result

    def unlink(self):
        # The person is still one of Odoo's own contacts of the client. The form offers
        # to add those without a line, but not a person whose line was just removed.
        # Superuser: a user who removes a line may not have write access to persons.
        below = self.sudo().filtered(
            lambda line: line.contact_id.parent_id == line.client_id
        )
        persons = below.contact_id
        result = super().unlink()
        if persons and self.env.context.get("client_contact_line") is not TAKEN_BACK:
            persons.client_line_removed = True
        return result

    def _check_one_line_each(self, pairs):
        """Refuse a second line for a person and client with a clear message.

        The index refuses it as well, but its message cannot name the person and client.

        :param list pairs: (id of the client, id of the person) of each line that is
            about to be stored; the lines of `self` are those that change
        :raise ValidationError: when a pair occurs twice, or in another line
        """
        # Superuser: lines that the user cannot see count too.
        lines = self.sudo().search(
            Domain("client_id", "in", [client for client, _person in pairs])
            & Domain("contact_id", "in", [person for _client, person in pairs])
        )
        for line in lines - self.sudo():
            if (line.client_id.id, line.contact_id.id) in pairs:
                raise ValidationError(line._one_line_each_error())
        named = [pair for pair in pairs if all(pair)]
        if len(set(named)) < len(named):
            raise ValidationError(
                self.env._(
                    "The same person is listed twice for one client. Remove "
                    "one of the lines."
                )
            )

    def _one_line_each_error(self):
        """:return: the error message that names the person and client already linked"""
        self.ensure_one()
        # Odoo checks constraints as superuser: check what the user can see.
        if not self.sudo(False).has_access("read"):
            return self.env._("This person is already a contact of this client.")
        return self.env._(
            "%(person)s is already a contact of %(client)s.",
            person=self.contact_id.name,
            client=self.client_id.name,
        )

    # Main contact

    @api.model
    def _choose_main_contacts(self, vals_list):
        """Make the first contact of a client its main one, unless the values say.

        :param list vals_list: values for ``create``, changed in place
        """
        clients = {v.get("client_id") for v in vals_list if "is_main" not in v}
        if not clients:
            return
        # Superuser: lines that the user cannot see count too.
        lines = self.sudo().search(
            Domain("client_id", "in", list(clients)) & Domain("is_ended", "=", False)
        )
        taken = set(lines.client_id.ids)
        taken.update(v.get("client_id") for v in vals_list if v.get("is_main"))
        for vals in vals_list:
            if "is_main" not in vals and vals.get("client_id") not in taken:
                vals["is_main"] = True
                taken.add(vals["client_id"])

    @api.onchange("client_id")
    def _onchange_client_id(self):
        """The first contact of a client is its main one, in the list of contacts too.

        The form of the client does this itself for lines that are not stored yet.
        """
        said = "default_is_main" in self.env.context
        if self.client_id and not self._origin and not said:
            self.is_main = not self.client_id.client_has_main_contact

    def _filter_main(self):
        """:return: the lines that are the main contact of their client; a contact whose
        line has ended no longer is"""
        return self.filtered(lambda line: line.is_main and not line.is_ended)

    @api.model
    def _get_main_domain(self):
        """:return: ``Domain`` of the lines that :meth:`_filter_main` keeps"""
        return Domain("is_main", "=", True) & Domain("is_ended", "=", False)

    def _replace_main_contacts(self):
        """Keep only the last of these lines of each client as its main contact."""
        keep = {line.client_id: line for line in self}
        lines = self.browse().union(*keep.values())
        # Superuser: the user may not see the main contact that is replaced.
        others = self.sudo().search(
            [("client_id", "in", lines.client_id.ids), ("is_main", "=", True)]
        )
        (others - lines.sudo()).write({"is_main": False})

    # Actions

    def action_client_write(self):
        """Open Odoo's mail composer with the persons of these lines, each once."""
        self.env["res.partner"]._check_client_user()
        persons = self.contact_id.filtered("email")
        if not persons:
            raise UserError(self.env._("None of these contacts has an email address."))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mail.action_partner_mass_mail"
        )
        action["context"] = {
            **literal_eval(action["context"]),
            "default_model": "res.partner",
            "default_res_ids": persons.ids,
        }
        return action
