from odoo import api, fields, models


class ResPartner(models.Model):
    """The address that a contact shares with the client, or a separate one.

    Odoo synchronizes a shared one both ways, as soon as the client becomes the parent
    of a person or their type is contact again. Our form shows that it is shared, and
    offers to change it on the client or to give the contact another. Contacts who keep
    a separate address never share the client's: their type is set to other before Odoo
    synchronizes anything.
    """

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    client_shared_address = fields.Text(
        compute="_compute_client_shared_address",
        groups="base.group_user",
        export_string_translation=False,
    )
    client_shared_address_note = fields.Char(
        compute="_compute_client_shared_address_note",
        groups="base.group_user",
        export_string_translation=False,
    )

    @api.depends(lambda self: ("type", "parent_id", *self._display_address_depends()))
    def _compute_client_shared_address(self):
        for partner in self:
            shared = partner.parent_id and partner.type == "contact"
            address = partner._display_address(without_company=True) if shared else ""
            lines = filter(None, map(str.strip, address.splitlines()))
            partner.client_shared_address = "\n".join(lines)

    @api.depends("type", "parent_id.name", "is_company")
    @api.depends_context("lang")
    def _compute_client_shared_address_note(self):
        for partner in self:
            partner.client_shared_address_note = partner._get_shared_address_note()

    def _get_shared_address_note(self):
        """:return: a sentence that tells whose address, or tax ID, this is"""
        self.ensure_one()
        _, client = self.env._, self.parent_id.name or self.parent_id.display_name
        if not self.parent_id:
            return ""
        if self.type != "contact":
            return "" if self.is_company else _("The tax ID belongs to %s.", client)
        if self.is_company:
            return _("This address is shared with %s.", client)
        return _(
            "The address and tax ID belong to %s and are shared by all its contacts.",
            client,
        )

    # Own address

    def write(self, vals):
        if "parent_id" in vals:
            self._forget_removed_lines()
        apart = self._get_client_apart(vals)
        if not apart:
            return super().write(vals)
        result = super(ResPartner, apart).write({**vals, "type": "other"})
        if others := self - apart:
            result = super(ResPartner, others).write(vals) and result
        return result

    def _get_client_apart(self, vals):
        """Find partners with a separate address who would share the client's instead.

        :param dict vals: values for ``write``; most contain nothing relevant and cost
            nothing
        :return: ``res.partner`` recordset, of these partners
        """
        parent, kind = vals.get("parent_id"), vals.get("type", "contact")
        if kind != "contact" or not (parent or "type" in vals):
            return self.browse()
        own = self.env["client.contact"]._get_own_addresses(self)
        if not own:
            return self.browse()
        return self.filtered(
            lambda person: (
                vals.get("type", person.type) == "contact"
                and (person.id, vals.get("parent_id", person.parent_id.id)) in own
            )
        )

    @api.onchange("parent_id")
    def onchange_parent_id(self):
        result = super().onchange_parent_id()
        person, client = self._origin, self.parent_id._origin
        values = {"parent_id": client.id, "type": self.type}
        if person._get_client_apart(values):
            # Odoo shows the address of the client and would store it here.
            self.type = "other"
            shown = (result or {}).get("value", {})
            for name in self._address_fields():
                shown.pop(name, None)
        return result

    # Actions

    def action_client_open_parent(self):
        """Open the client that this address belongs to."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "client_extension.res_partner_action"
        )
        views = [view for view in action["views"] if view[1] == "form"]
        return {**action, "res_id": self.parent_id.id, "views": views}

    def action_client_give_own_address(self):
        """Give the contact a separate address, which starts as a copy of the shared
        one."""
        self._check_client_user()
        sharing = self.filtered(lambda p: p.parent_id and p.type == "contact")
        sharing.write({"type": "other"})
        return True
