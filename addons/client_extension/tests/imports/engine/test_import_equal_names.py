from odoo import api
from odoo.tests import tagged

from ...common_addon import AddonCase

COUNT = 40


class ReferenceInName:
    """Shows the reference of a partner before its name, with a helper."""

    __slots__ = ()

    def _get_complete_name(self):
        name = super()._get_complete_name()
        return f"[{self.ref}] {name}" if self.ref else name


class ReferenceInCompanyName:
    """Computes a stored field in another way, and keeps its dependencies."""

    __slots__ = ()

    def _compute_commercial_company_name(self):
        result = super()._compute_commercial_company_name()
        for partner in self:
            partner.commercial_company_name = f"Company of {partner.ref}"
        return result


class ReferenceInCreate:
    """Writes into the values, and again into what was created."""

    __slots__ = ()

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["function"] = f"Function of {vals.get('ref')}"
        partners = super().create(vals_list)
        for partner in partners:
            partner.barcode = f"B{partner.ref}"
        return partners


class ReferenceInDefault:
    """Gives another default to each new partner."""

    __slots__ = ()

    numbers = iter(range(100_000))

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if "function" in fields:
            values["function"] = f"Function {next(self.numbers)}"
        return values


@tagged("post_install", "-at_install")
class TestImportEqualNames(AddonCase):
    """Clients with the same name stay different next to a third-party add-on."""

    def import_equals(self):
        """:return: the clients of a file in which all have the same name"""
        self.run_import(
            "reference;name;type\n"
            + "".join(f"EQ-{n};Anna Peeters;individual\n" for n in range(COUNT))
        )
        self.env.flush_all()
        self.env.invalidate_all()
        found = self.Partner.search([("ref", "=like", "EQ-%")])
        self.assertEqual(len(found), COUNT)
        return found

    def test_a_helper_of_a_compute_is_overridden(self):
        self.extend(ReferenceInName)
        for client in self.import_equals():
            self.assertEqual(client.complete_name, f"[{client.ref}] Anna Peeters")

    def test_a_compute_is_overridden(self):
        self.extend(ReferenceInCompanyName)
        for client in self.import_equals():
            name = f"Company of {client.ref}"
            self.assertEqual(client.commercial_company_name, name)

    def test_create_is_overridden(self):
        self.extend(ReferenceInCreate)
        for client in self.import_equals():
            self.assertEqual(client.function, f"Function of {client.ref}")
            self.assertEqual(client.barcode, f"B{client.ref}")

    def test_default_get_is_overridden(self):
        self.extend(ReferenceInDefault)
        functions = self.import_equals().mapped("function")
        self.assertEqual(len(set(functions)), COUNT)

    def test_two_add_ons_have_their_word(self):
        self.extend(ReferenceInCreate, ReferenceInName)
        for client in self.import_equals():
            self.assertEqual(client.complete_name, f"[{client.ref}] Anna Peeters")
            self.assertEqual(client.barcode, f"B{client.ref}")
