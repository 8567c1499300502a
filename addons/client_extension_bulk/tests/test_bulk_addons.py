from odoo import api
from odoo.tests import tagged

from odoo.addons.client_extension.tests.imports.engine import test_import_equal_names

from .test_bulk import BulkCase


class OtherStore:
    """Has its own word in how partners are stored."""

    __slots__ = ()

    @api.model
    def _create(self, data_list):
        for data in data_list:
            data["stored"]["function"] = f"Stored {data['stored'].get('ref')}"
        return super()._create(data_list)


class OtherHelper:
    """Overrides a helper that a computation reaches through another helper."""

    __slots__ = ()

    def _phone_get_number_fields(self):
        return [*super()._phone_get_number_fields()]


@tagged("post_install", "-at_install")
class TestBulkAddons(BulkCase):
    """Whoever overrides something finds it called, in bulk too."""

    def precomputed(self):
        """:return: set of names of the fields that are computed beforehand"""
        fields = self.Partner._get_precomputable_fields()
        return {field.name for some in fields for field in some}

    def test_a_helper(self):
        self.extend(test_import_equal_names.ReferenceInName)
        self.assertNotIn("complete_name", self.precomputed())
        self.assertIn("commercial_partner_id", self.precomputed())
        for client in self.import_equals():
            self.assertEqual(client.complete_name, f"[{client.ref}] Anna Peeters")
        self.assertTrue(self.copied.called)

    def test_a_compute(self):
        self.extend(test_import_equal_names.ReferenceInCompanyName)
        self.assertNotIn("commercial_company_name", self.precomputed())
        # It is made of that one.
        self.assertNotIn("complete_name", self.precomputed())
        for client in self.import_equals():
            name = f"Company of {client.ref}"
            self.assertEqual(client.commercial_company_name, name)

    def test_a_helper_of_a_helper(self):
        self.assertIn("phone_sanitized", self.precomputed())
        self.extend(OtherHelper)
        self.assertNotIn("phone_sanitized", self.precomputed())
        for number, client in enumerate(self.import_equals()):
            phone = f"0470 12 34 {number}"
            self.assertEqual(client.phone_sanitized, client._phone_format(number=phone))

    def test_create(self):
        self.extend(test_import_equal_names.ReferenceInCreate)
        for client in self.import_equals():
            self.assertEqual(client.function, f"Function of {client.ref}")
            self.assertEqual(client.barcode, f"B{client.ref}")
        self.copied.assert_not_called()

    def test_the_store(self):
        self.extend(OtherStore)
        for client in self.import_equals():
            self.assertEqual(client.function, f"Stored {client.ref}")
        self.copied.assert_not_called()

    def test_all_of_it(self):
        self.extend(
            OtherStore,
            test_import_equal_names.ReferenceInName,
            test_import_equal_names.ReferenceInCompanyName,
        )
        for client in self.import_equals():
            self.assertEqual(client.complete_name, f"[{client.ref}] Anna Peeters")
            self.assertEqual(client.function, f"Stored {client.ref}")
