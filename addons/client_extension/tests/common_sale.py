from odoo import Command
from odoo.tests import new_test_user

from .common import GROUPS, ClientCase


class SaleCase(ClientCase):
    """Products that are sold to the family, and who may sell them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref("account.group_account_invoice")
        cls.tax = cls.env["account.tax"].create(
            {"name": "Test 20%", "amount": 20, "type_tax_use": "sale"}
        )
        cls.bus = cls.make_product("Bus transfer", 50, "BUS", "3400000000017")
        cls.skis = cls.make_product("Skis for a week", 80, "SKI", "3400000000024")
        cls.clerk = new_test_user(
            cls.env, "clients_clerk", f"{GROUPS['user']},account.group_account_invoice"
        )

    @classmethod
    def make_product(cls, name, price, code=False, barcode=False, **values):
        return cls.env["product.product"].create(
            {
                "name": name,
                "list_price": price,
                "default_code": code,
                "barcode": barcode,
                "taxes_id": [Command.set(cls.tax.ids)],
                "type": "service",
                **values,
            }
        )

    @classmethod
    def make_draft(cls, partner=None, **values):
        """:return: a draft invoice of the family with one line of 100 without tax"""
        return cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": (partner or cls.family).id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Trip",
                            "price_unit": 100,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
                **values,
            }
        )

    @staticmethod
    def target(document):
        return {"model": document._name, "id": document.id}

    @staticmethod
    def sold(product, quantity=1, price=None, name=None):
        """:return: dict, a line as the dialog hands it over"""
        return {
            "product_id": product.id,
            "quantity": quantity,
            "price_unit": price,
            "name": name,
        }

    def assertConstantQueries(self, ceiling, make, read):
        """One record and ten cost the same; what Odoo caches is read before."""
        for count in (1, 9):
            for _number in range(count):
                make()
            self.env.flush_all()
            read()
            self.env.invalidate_all()
            with self.assertQueryCount(ceiling):
                read()
