from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from .identity.res_partner_name import UNDIVIDING
from .identity.res_partner_reference import CHECKED_LATER

STATUS_DATES = {"prospect": "client_prospect_date", "client": "client_since"}


class ResPartner(models.Model):
    """The data of a client is for employees only: portal users, who can read their own
    record, never see how it is classified."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    client_status = fields.Selection(
        [("prospect", "Prospect"), ("client", "Client")],
        index="btree_not_null",
        copy=True,
        tracking=True,
        groups="base.group_user",
        help="Empty for contacts that are neither a prospect nor a client.",
    )
    client_prospect_date = fields.Date(
        string="Prospect Since", copy=False, groups="base.group_user"
    )
    client_since = fields.Date(copy=False, groups="base.group_user")
    client_type_id = fields.Many2one(
        "client.type",
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
    )
    client_business_unit_id = fields.Many2one(
        "client.business.unit",
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
    )
    client_source_id = fields.Many2one(
        "utm.source",
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_user",
        help="Where this client came from.",
    )
    # Same name and meaning as in the OCA's partner_mobile: both can be installed.
    mobile = fields.Char()

    client_vat_label = fields.Char(
        compute="_compute_client_country_labels",
        groups="base.group_user",
        export_string_translation=False,
    )
    client_company_registry_label = fields.Char(
        compute="_compute_client_country_labels",
        groups="base.group_user",
        export_string_translation=False,
    )
    client_reference_placeholder = fields.Char(
        compute="_compute_client_reference_placeholder",
        groups="base.group_user",
        export_string_translation=False,
    )

    # The order of the Clients list and of stock Contacts, for clients only.
    _client_list_idx = models.Index(
        "(complete_name, id DESC) WHERE client_status IS NOT NULL"
    )

    @api.depends("country_id")
    @api.depends_context("company", "lang")
    def _compute_client_country_labels(self):
        registry_labels = self._get_company_registry_labels()
        for partner in self:
            country = partner.country_id or self.env.company.country_id
            partner.client_vat_label = country.vat_label or self.env._("Tax ID")
            partner.client_company_registry_label = registry_labels.get(
                country.code
            ) or self.env._("Company ID")

    @api.depends("company_id")
    @api.depends_context("company", "lang")
    def _compute_client_reference_placeholder(self):
        for partner in self:
            # Superuser: whoever can see clients may know whether they are numbered.
            company = (partner.company_id or self.env.company).sudo()
            partner.client_reference_placeholder = (
                self.env._("Next number") if company.client_auto_reference else ""
            )

    @api.constrains("client_business_unit_id", "company_id")
    def _check_client_business_unit_company(self):
        # Superuser: a user who moves a partner to a company may not see its unit.
        in_units = self.sudo().filtered("client_business_unit_id")
        in_units = in_units.filtered("client_business_unit_id.company_id")
        several = in_units and self.env["res.company"]._client_are_several()
        for partner in in_units:
            unit = partner.client_business_unit_id
            if not partner.company_id and several:
                raise ValidationError(
                    self.env._(
                        "The business unit %(unit)s belongs to one "
                        "company, but %(client)s is shared between "
                        "companies. Set the company of the client, or "
                        "select a shared business unit.",
                        client=partner.display_name,
                        unit=unit.complete_name,
                    )
                )
            if partner.company_id and partner.company_id != unit.company_id:
                raise ValidationError(
                    self.env._(
                        "%(client)s and the business unit %(unit)s belong "
                        "to different companies. Select a business unit "
                        "of the same company.",
                        client=partner.display_name,
                        unit=unit.complete_name,
                    )
                )

    @api.onchange("client_type_id")
    def _onchange_client_type_id(self):
        if (kind := self.client_type_id.kind) and not self._origin:
            self.is_company = kind == "organisation"
            self.company_type = "company" if self.is_company else "person"

    def onchange(self, values, field_names, fields_spec):
        if not self and not field_names and "country_id" in fields_spec:
            values = {**self._get_client_form_defaults(), **values}
        return super().onchange(values, field_names, fields_spec)

    @api.model
    def _get_client_form_defaults(self):
        """What the form of a new client starts with, and nothing else that creates one.

        :return: dict of values; overridden to fill in more
        """
        given = {"default_parent_id", "default_country_id"} & self.env.context.keys()
        if given or not self._get_new_client_status({}):
            return {}
        # Superuser: users who enter clients may know what their company proposes.
        country = self.env.company.sudo()._get_client_default_country()
        return {"country_id": country.id} if country else {}

    # CRUD: all steps of storing a client; each one is implemented with its own topic

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if values.get("client_status") and "user_id" in fields:
            values.setdefault("user_id", self.env.uid)
        if not self.env.user.has_group("client_extension.group_client_manager"):
            # A default must not get around _check_client_dates_writable either.
            for name in STATUS_DATES.values():
                values.pop(name, None)
        return values

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._prepare_client_vals(dict(vals)) for vals in vals_list]
        self._number_new_clients(vals_list)
        partners = super().create(vals_list)
        partners._forget_client_invoice_address()
        return partners

    def write(self, vals):
        self._check_client_dates_writable(vals)
        vals = self._drop_empty_name_parts(self._compose_client_reference(vals))
        vals = self._switch_client_invoice_same(vals)
        newcomers = self.browse()
        if becoming := vals.get("client_status"):
            newcomers = self.filtered(lambda partner: not partner.client_status)
        addressed = self._writes_client_invoice_address(vals)
        if addressed:
            self._forget_client_invoice_address()
        result = True
        for addressees, given in self._split_client_emails(vals):
            for partners, values in addressees._date_client_status(given):
                result = super(ResPartner, partners).write(values) and result
        self._check_client_moved(vals)
        if addressed:
            self._forget_client_invoice_address()
        if not vals.keys().isdisjoint(UNDIVIDING):
            self._forget_client_name_parts()
        if becoming:
            newcomers._compose_client_references()
            newcomers._clean_kept_client_emails()
            # Partners that are already clients can be changed even if they are
            # duplicates.
            (newcomers | self._number_clients())._check_client_reference()
        return result

    @api.model
    def _prepare_client_vals(self, vals):
        """:return: dict, the values to create one partner with, including the dates of
        its status and the name made from its parts
        """
        self._check_client_dates_writable(vals)
        status = self._get_new_client_status(vals)
        if status and "client_status" not in vals:
            vals.setdefault("user_id", self.env.uid)
        if status or "default_client_status" in self.env.context:
            vals["client_status"] = status
        # A manager's form also sends the date that it does not show yet, as empty.
        if status in STATUS_DATES and not vals.get(STATUS_DATES[status]):
            vals[STATUS_DATES[status]] = self._client_status_date()
        vals = self._join_name_parts(self._compose_client_reference(vals))
        vals = self._clean_client_emails(vals) if status else vals
        return self._switch_client_invoice_same(vals)

    def _date_client_status(self, vals):
        """Set the date of a status that is written, unless the values include it.

        A client that went back to prospect keeps the date it first became a client.

        :param dict vals: values for ``write``
        :return: list of pairs (``res.partner`` recordset, values to write on it)
        """
        date = STATUS_DATES.get(vals.get("client_status"))
        if not date or date in vals:
            return [(self, vals)]
        undated = self.filtered(lambda partner: not partner[date])
        dated = {**vals, date: self._client_status_date()}
        pairs = [(self - undated, vals), (undated, dated)]
        return [(partners, values) for partners, values in pairs if partners]

    # Form

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form":
            self._remove_client_mobile(arch)
        return arch, view

    @api.model
    def _remove_client_mobile(self, arch):
        """Show the mobile once where another add-on already added it to Odoo's form."""
        ours = arch.xpath("//div[@name='client_mobile']")
        shown = arch.xpath("//field[@name='mobile'][not(ancestor::field)]")
        if ours and len(shown) > 1:
            ours[0].getparent().remove(ours[0])

    # Status

    @api.model
    def _get_new_client_status(self, vals):
        """The status with which a partner is created.

        ``default_client_status`` of the Clients menu applies to the client, not to the
        contacts and addresses that are saved with it.

        :param vals: values for ``create`` of one partner
        :return: ``"prospect"``, ``"client"`` or a false value
        """
        context = self.env.context
        default = context.get("default_client_status")
        if vals.get("parent_id", context.get("default_parent_id")):
            default = False
        return vals.get("client_status", default)

    def _client_status_date(self):
        """The start date of a status that is set now, in the user's time zone."""
        return fields.Date.context_today(self)

    def _check_client_dates_writable(self, vals):
        """Only managers of the Clients app can set the date of a status by hand.

        :param vals: values of ``create`` or ``write`` as the caller gave them
        :raise AccessError: when they set such a date and the user is not a manager
        """
        if self.env.su or not vals.keys() & set(STATUS_DATES.values()):
            return
        if self.env.context.get("client_references") is CHECKED_LATER:
            # Odoo's merge writes the dates that the partners had.
            return
        if not self.env.user.has_group("client_extension.group_client_manager"):
            raise AccessError(
                self.env._(
                    "Only managers of the Clients app can change the "
                    "“Prospect Since” and “Client Since” dates."
                )
            )

    # Actions

    def action_client_mark_client(self):
        """Convert these partners to clients; those that already are stay unchanged."""
        self._check_client_user()
        self.filtered(lambda p: p.client_status != "client").write(
            {"client_status": "client"}
        )
        return True

    def action_client_mark_prospect(self):
        """Convert these partners to prospects, whatever their status."""
        self._check_client_user()
        self.filtered(lambda p: p.client_status != "prospect").write(
            {"client_status": "prospect"}
        )
        return True

    @api.model
    def _check_client_user(self):
        """Refuse an action that is reserved for users of the Clients app.

        :raise AccessError: when the user is not in that group
        """
        if self.env.su:
            return
        if not self.env.user.has_group("client_extension.group_client_user"):
            raise AccessError(
                self.env._(
                    "You do not have access to the Clients app. Ask an administrator."
                )
            )

    # Events

    def _client_became_client(self, document, since=None):
        """Turn the prospects among these partners into clients.

        Called when a customer invoice is posted; bridges call it for events of their
        own apps.

        :param document: the record that made them clients, such as an ``account.move``
        :param since: date since when they are clients, None for today
        """
        prospects = self.filtered(lambda p: p.client_status == "prospect")
        if not prospects:
            return
        # A former client keeps the date it first became one.
        undated = prospects.filtered(lambda p: not p.client_since)
        since = since or self._client_status_date()
        undated.write({"client_status": "client", "client_since": since})
        (prospects - undated).write({"client_status": "client"})
        for partner in prospects:
            partner._message_log(body=self._get_client_became_note(document))

    @api.model
    def _get_client_became_note(self, document):
        """What the chatter of a prospect says when a document made it a client.

        :param document: a record, see :meth:`_client_became_client`
        :return: str; overridden where documents of another app make clients
        """
        return self.env._("Became a client with invoice %s.", document.display_name)
