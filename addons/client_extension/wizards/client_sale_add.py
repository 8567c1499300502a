from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.fields import Command
from odoo.tools import formatLang


class ClientSaleAdd(models.TransientModel):
    """The dialog that adds products to a draft invoice or an order of a client.

    It remembers the document, so that a second click adds nothing.
    """

    _name = "client.sale.add"
    _description = "Add a Sale"

    partner_id = fields.Many2one(
        "res.partner", string="Client", required=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True)
    target_ids = fields.One2many("client.sale.add.target", "wizard_id")
    target_count = fields.Integer(
        compute="_compute_target_count", export_string_translation=False
    )
    target_id = fields.Many2one("client.sale.add.target", string="Add To")
    currency_id = fields.Many2one(related="target_id.currency_id")
    line_ids = fields.One2many("client.sale.add.line", "wizard_id", string="Products")
    document_model = fields.Char(readonly=True, export_string_translation=False)
    document_id = fields.Many2oneReference(
        model_field="document_model", readonly=True, export_string_translation=False
    )

    @api.depends("target_ids")
    def _compute_target_count(self):
        for wizard in self:
            wizard.target_count = len(wizard.target_ids)

    @api.onchange("target_id")
    def _onchange_target_id(self):
        self.line_ids._refresh_price()

    @api.model
    def _open(self, partner, targets):
        """:return: dict, the action of the dialog for a client and these targets"""
        wizard = self.create(
            {
                "partner_id": partner.id,
                "company_id": self.env.company.id,
                "target_ids": [
                    Command.create(
                        {
                            "model": target["model"],
                            "document_id": target["id"],
                            "name": target["name"],
                            "amount": target["amount"],
                            "currency_id": target["currency_id"],
                            "note": target["note"],
                        }
                    )
                    for target in targets
                ],
            }
        )
        wizard.target_id = wizard.target_ids[:1]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Add a Sale"),
            "res_model": self._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "large"},
        }

    def action_add(self):
        """Add the products, once, and say where they went.

        :return: dict, a notification with a link to the document
        :raise UserError: when something cannot be sold or the document not be changed
        """
        self.ensure_one()
        self._lock()
        added = not self.document_id
        if added:
            wizard = self.with_company(self.company_id)
            document = wizard.partner_id._add_client_sale_lines(
                wizard.target_id._get_target(),
                [line._prepare_sale_line() for line in wizard.line_ids],
            )
            self.write({"document_model": document._name, "document_id": document.id})
        return self._get_done_action()

    def _lock(self):
        """Let one click wait for no other.

        :raise UserError: when the products are being added by another click"""
        self.check_access("write")
        try:
            self.lock_for_update()
        except LockError as error:
            raise UserError(
                self.env._("These products are already being added. Wait a moment.")
            ) from error
        self.invalidate_recordset()

    def _get_done_action(self):
        """:return: dict, the notification about the document that was added to"""
        document = self.env[self.document_model].browse(self.document_id)
        total = formatLang(
            self.env, document.amount_total, currency_obj=document.currency_id
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "title": self.env._("Added: %s", len(self.line_ids)),
                "message": self.env._(
                    "%(document)s, new total: %(total)s", document="%s", total=total
                ),
                "links": [
                    {
                        "label": document.display_name,
                        "url": f"/odoo/{document._name}/{document.id}",
                    }
                ],
                "next": {"type": "ir.actions.act_window_close"},
            },
        }


class ClientSaleAddTarget(models.TransientModel):
    """A document that the products of the dialog can be added to."""

    _name = "client.sale.add.target"
    _description = "Document of a Sale"
    _order = "id"

    wizard_id = fields.Many2one("client.sale.add", required=True, ondelete="cascade")
    model = fields.Char(required=True, readonly=True, export_string_translation=False)
    document_id = fields.Many2oneReference(
        model_field="model", readonly=True, export_string_translation=False
    )
    name = fields.Char(required=True, readonly=True)
    amount = fields.Monetary(readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    note = fields.Char(readonly=True)

    @api.depends("name", "amount", "note")
    def _compute_display_name(self):
        for target in self:
            amount = ""
            if target.document_id:
                amount = formatLang(
                    self.env, target.amount, currency_obj=target.currency_id
                )
            parts = (target.name, amount, target.note)
            target.display_name = " · ".join(filter(None, parts))

    def _get_target(self):
        """:return: dict, as ``res.partner._get_client_sale_targets`` gave it"""
        return {
            "model": self.model,
            "id": self.document_id or False,
            "name": self.name,
            "amount": self.amount,
            "currency_id": self.currency_id.id,
            "note": self.note or "",
        }


class ClientSaleAddLine(models.TransientModel):
    """A product of the dialog, with a price that the user may change."""

    _name = "client.sale.add.line"
    _description = "Product of a Sale"
    _order = "id"
    _check_company_auto = True

    wizard_id = fields.Many2one("client.sale.add", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="wizard_id.company_id")
    currency_id = fields.Many2one(related="wizard_id.currency_id")
    product_id = fields.Many2one(
        "product.product",
        required=True,
        ondelete="cascade",
        domain=[("sale_ok", "=", True)],
        check_company=True,
    )
    quantity = fields.Float(default=1, digits="Product Unit")
    price_unit = fields.Float(
        string="Price",
        compute="_compute_price_unit",
        store=True,
        readonly=False,
        min_display_digits="Product Price",
    )
    price_proposed = fields.Float(
        compute="_compute_price_unit",
        store=True,
        readonly=False,
        export_string_translation=False,
        help="What Odoo will take unless the user types another price.",
    )

    @api.depends("product_id")
    def _compute_price_unit(self):
        for line in self:
            line.price_unit = line.price_proposed = line._get_price()

    @api.onchange("quantity")
    def _onchange_quantity(self):
        self._refresh_price()

    def _refresh_price(self):
        """Propose the price again; one that the user typed stays."""
        for line in self:
            price = line._get_price()
            if line.price_unit == line.price_proposed:
                line.price_unit = price
            line.price_proposed = price

    def _get_price(self):
        """:return: float, what Odoo will take for this product"""
        wizard = self.wizard_id
        if not self.product_id or not wizard.partner_id:
            return 0.0
        partner = wizard.partner_id._origin.with_company(wizard.company_id._origin)
        return partner._get_client_sale_price(
            wizard.target_id._origin._get_target(),
            self.product_id._origin.with_company(wizard.company_id._origin),
            self.quantity or 1,
        )

    def _prepare_sale_line(self):
        """:return: dict, as ``res.partner._add_client_sale_lines`` takes it"""
        self.ensure_one()
        typed = self.price_unit != self.price_proposed
        return {
            "product_id": self.product_id.id,
            "quantity": self.quantity,
            "price_unit": self.price_unit if typed else None,
            "name": None,
        }
