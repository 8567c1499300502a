from odoo import api, models


class ResPartner(models.Model):
    """Whoever keeps an address of their own never shares that of a client.

    Odoo exchanges the addresses as soon as a person is put below the client, or is of
    type contact again: such a person is of type other before that.
    """

    _inherit = "res.partner"

    def write(self, vals):
        apart = self._get_client_apart(vals)
        if not apart:
            return super().write(vals)
        result = super(ResPartner, apart).write({**vals, "type": "other"})
        if others := self - apart:
            result = super(ResPartner, others).write(vals) and result
        return result

    def _get_client_apart(self, vals):
        """Who would share an address that they keep, were these values written.

        :param dict vals: values for ``write``; most are no such values and cost nothing
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
            # Odoo shows the address of the client, which would be stored.
            self.type = "other"
            shown = (result or {}).get("value", {})
            for name in self._address_fields():
                shown.pop(name, None)
        return result
