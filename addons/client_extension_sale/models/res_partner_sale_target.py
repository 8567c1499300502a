from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.client_extension.models.invoicing.res_partner_sale_target import (
    MAX_TARGETS,
    TARGET_FIELDS,
)


class ResPartner(models.Model):
    """Orders as documents that a sale of a few products can go to."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def _get_client_sale_targets(self):
        targets = super()._get_client_sale_targets()
        if not self._may_client_be_sold_to():
            return targets
        orders = self.env["sale.order"].search_fetch(
            self._get_client_order_domain(),
            [*TARGET_FIELDS, "user_id"],
            order="write_date desc, id desc",
            limit=MAX_TARGETS,
        )
        targets = [
            *self._prepare_client_sale_targets(
                orders._filtered_access("write"), "order_line"
            ),
            *targets,
            self._prepare_client_new_target("sale.order", self.env._("New Quotation")),
        ]
        # Who may both invoice and sell sees what there is before what would be new.
        return sorted(targets, key=lambda target: not target["id"])

    def _may_client_be_sold_to(self):
        """:return: bool, whether this user can make orders of this client here"""
        selling = self.env.user.has_group("sales_team.group_sale_salesman")
        if not (self.env.su or selling) or not self._is_client_of_company():
            return False
        return self.env["sale.order"].has_access("create")

    def _get_client_order_domain(self):
        """:return: ``Domain`` of the orders that Odoo lets users add products to"""
        return Domain(
            [
                ("partner_id", "child_of", self.commercial_partner_id.id),
                ("state", "in", ("draft", "sent", "sale")),
                ("locked", "=", False),
                # A fully invoiced order is closed: more on it is easily overlooked.
                ("invoice_status", "!=", "invoiced"),
                ("company_id", "=", self.env.company.id),
            ]
        )

    def _add_client_sale_lines(self, target, lines):
        if target.get("model") != "sale.order":
            return super()._add_client_sale_lines(target, lines)
        self.ensure_one()
        if not self._may_client_be_sold_to():
            raise UserError(self._get_client_no_target_sentence())
        commands = self._prepare_client_sale_commands(lines, "product_uom_qty")
        if not target.get("id"):
            return self.env["sale.order"].create(
                self._prepare_client_order(order_line=commands)
            )
        order = self._lock_client_document(
            "sale.order", target["id"], self._get_client_order_domain()
        )
        order.write({"order_line": commands})
        return order

    def _prepare_client_order(self, **values):
        """:return: dict, the values of a new quotation of this client"""
        values = {
            "partner_id": self.id,
            "company_id": self.env.company.id,
            **values,
        }
        everybodys = "sales_team.group_sale_salesman_all_leads"
        if not self.env.su and not self.env.user.has_group(everybodys):
            # Odoo gives the quotation to the client's salesperson: who sees only their
            # own orders could not add a line to it.
            values["user_id"] = self.env.uid
        return values

    def _get_client_sale_price(self, target, product, quantity):
        if target["model"] != "sale.order":
            return super()._get_client_sale_price(target, product, quantity)
        order = self.env["sale.order"].browse(target["id"] or [])
        order = order or order.new({"partner_id": self.id})
        line = self.env["sale.order.line"].new(
            {
                "order_id": order.id,
                "product_id": product.id,
                "product_uom_qty": quantity,
            }
        )
        return line.price_unit
