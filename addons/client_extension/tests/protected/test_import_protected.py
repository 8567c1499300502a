import base64
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...importer.types import Column
from ..common_import import ImportCase
from ..common_invoice import InvoiceMixin

HEADER = "reference;name;vat;address;zip;city;phone\n"
ROWS = {
    "P-1": "P-1;Invoiced;BE0477472701;2 New Street;1000;Brussels;+32 2 000 00 01\n",
    "P-2": "P-2;Not invoiced;BE0477472701;2 New Street;1000;Brussels;+32 2 000 00 02\n",
}


class ProtectedCase(InvoiceMixin, ImportCase):
    """One client with a posted invoice, one without; a file that changes both."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoiced, cls.free = cls.Partner.create(
            [
                {
                    "name": name,
                    "ref": reference,
                    "is_company": True,
                    "client_status": "client",
                    "vat": "BE0428759497",
                    "street": "1 Old Street",
                    "zip": "9000",
                    "city": "Ghent",
                    "country_id": cls.env.ref("base.be").id,
                }
                for reference, name in (("P-1", "Invoiced"), ("P-2", "Not invoiced"))
            ]
        )
        cls.posted = cls.invoice(cls.invoiced)
        cls.text = HEADER + "".join(ROWS.values())

    def values(self, client):
        """:return: tax ID, street, city and phone of a client"""
        client.invalidate_recordset()
        return client.vat, client.street, client.city, client.phone

    def warned(self, record):
        """:return: line and columns of each protected value"""
        found = record.problem_ids.filtered(lambda p: p.code == "cell_protected")
        return [(p.line, p.column) for p in found]


@tagged("post_install", "-at_install")
class TestImportProtected(ProtectedCase):
    """What is on posted invoices is not overwritten unless the user says so."""

    OLD = ("BE0428759497", "1 Old Street", "Ghent")
    NEW = ("BE0477472701", "2 New Street", "Brussels")
    KEPT = [(2, "vat"), (2, "address, zip, city")]

    def test_only_clients_with_posted_invoices_are_protected(self):
        self.invoice(self.free, post=False)
        record = self.run_import(self.text)
        self.assertEqual(self.values(self.invoiced), (*self.OLD, "+32 2 000 00 01"))
        self.assertEqual(self.values(self.free), (*self.NEW, "+32 2 000 00 02"))
        self.assertEqual(self.warned(record), self.KEPT)
        self.assertEqual(self.counts(record), (0, 2, 0, 0, 0))
        self.assertEqual(record.state, "done_with_problems")
        problem = record.problem_ids[0]
        self.assertTrue(problem.is_warning)
        self.assertEqual(problem.value, "BE0477472701")
        self.assertIn("BE0477472701", problem.message)

    def test_a_row_with_nothing_else_is_unchanged(self):
        record = self.run_import("reference;vat\nP-1;BE0477472701\n")
        self.assertEqual(self.counts(record), (0, 0, 1, 0, 0))
        self.assertEqual(self.warned(record), [(2, "vat")])

    def test_the_check_counts_and_shows_them(self):
        record = self.make(self.text)
        record.check()
        self.assertEqual(record.protected_count, 1)
        self.assertIn("1", record.protected_question)
        shown = record.preview_ids.filtered("is_protected")
        self.assertEqual(shown.reference, "P-1")
        kept = [
            (line["old"], line["new"]) for line in shown.changes if line.get("is_kept")
        ]
        self.assertEqual(
            kept,
            [
                ("BE0428759497", "BE0477472701"),
                ("1 Old Street", "2 New Street"),
                ("9000", "1000"),
                ("Ghent", "Brussels"),
            ],
        )
        action = record.action_open_protected()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found, shown)
        record.run()
        self.assertEqual(self.values(self.invoiced)[:3], self.OLD)

    def test_a_tick_on_the_check_overwrites_and_the_undo_restores(self):
        record = self.make(self.text)
        record.check()
        record.overwrite_protected = True
        self.assertEqual(record.state, "checked")
        record.run()
        self.assertEqual(self.values(self.invoiced)[:3], self.NEW)
        self.assertFalse(self.warned(record))
        record.undo()
        self.assertEqual(self.values(self.invoiced)[:3], self.OLD)
        self.assertEqual(self.values(self.free)[:3], self.OLD)

    def test_the_undo_of_kept_values_has_nothing_to_restore(self):
        record = self.run_import(self.text)
        self.invoiced.vat = "BE0403170701"
        record.undo()
        self.assertEqual(self.values(self.invoiced)[0], "BE0403170701")
        self.assertFalse(self.invoiced.phone)

    def test_another_file_is_asked_about_again(self):
        record = self.make(self.text, overwrite_protected=True)
        record.file = self.encode(self.text)
        self.assertFalse(record.overwrite_protected)

    def test_the_background(self):
        record = self.make(self.text)
        record.enqueue()
        with patch.object(
            type(self.env["ir.cron"]), "_commit_progress", return_value=60
        ):
            record._make_task().resume()
        self.assertEqual(self.values(self.invoiced)[:3], self.OLD)
        self.assertEqual(self.warned(record), self.KEPT)

    def test_a_correction(self):
        record = self.make(HEADER + ROWS["P-1"].replace("\n", ";more\n"))
        record.run()
        self.assertEqual(record.rejected_count, 1)
        rejects = base64.b64decode(record.rejects_file).decode("utf-8-sig")
        record.correct(self.encode(rejects.replace(";more", "")))
        self.assertEqual(self.counts(record), (0, 1, 0, 0, 0))
        self.assertEqual(self.values(self.invoiced)[:3], self.OLD)
        self.assertEqual(self.warned(record), self.KEPT)

    # What is overwriting

    def test_filling_an_empty_field_is_no_overwriting(self):
        self.invoiced.write({"vat": False, "street": False, "zip": False})
        record = self.run_import(
            "reference;vat;address;zip\nP-1;BE0477472701;2 New Street;1000\n"
        )
        self.assertFalse(self.warned(record))
        self.assertEqual(self.values(self.invoiced)[:2], self.NEW[:2])

    def test_an_address_is_kept_whole(self):
        """The new ZIP belongs to the new street, even where none is stored."""
        self.invoiced.zip = False
        record = self.run_import("reference;address;zip\nP-1;2 New Street;1000\n")
        self.assertEqual(self.warned(record), [(2, "address, zip")])
        self.assertFalse(self.invoiced.zip)

    def test_clearing_is_overwriting(self):
        record = self.run_import("reference;vat\nP-1;=\n")
        self.assertEqual(self.warned(record), [(2, "vat")])
        record = self.run_import("reference;vat\nP-1;\n", clear_empty=True)
        self.assertEqual(self.warned(record), [(2, "vat")])
        self.assertEqual(self.invoiced.vat, self.OLD[0])

    def test_the_same_number_spelled_otherwise_is_no_change(self):
        record = self.run_import("reference;vat\nP-1;BE 0428.759.497\n")
        self.assertFalse(record.problem_ids)
        self.assertEqual(self.counts(record), (0, 0, 1, 0, 0))

    def test_a_reference_twice_is_protected_twice(self):
        text = "reference;vat\nP-1;BE0477472701\nP-1;BE0403170701\n"
        record = self.make(text)
        record.check()
        self.assertEqual(self.warned(record), [(2, "vat"), (3, "vat")])
        self.assertEqual(record.protected_count, 2)
        record.run()
        self.assertEqual(self.invoiced.vat, self.OLD[0])

    # Whose invoices

    def test_invoices_of_contacts_are_those_of_the_client(self):
        contact = self.Partner.create(
            {"name": "Desk", "parent_id": self.free.id, "type": "invoice"}
        )
        move = self.invoice(contact)
        self.assertEqual(move.commercial_partner_id, self.free)
        contact.active = False
        record = self.run_import("reference;vat\nP-2;BE0477472701\n")
        self.assertEqual(self.warned(record), [(2, "vat")])

    def test_an_invoice_address_of_its_own_leaves_the_other_free(self):
        """Invoices are sent to the invoice address, which no column changes."""
        self.Partner.create(
            {
                "name": "Accounts",
                "parent_id": self.invoiced.id,
                "type": "invoice",
                "city": "Liège",
            }
        )
        record = self.run_import(self.text)
        self.assertEqual(self.warned(record), [(2, "vat")])
        self.assertEqual(self.values(self.invoiced)[:3], (self.OLD[0], *self.NEW[1:]))

    def test_an_invoice_of_another_company_protects_what_companies_share(self):
        other = self.make_company()
        self.env["account.chart.template"].try_loading(
            "generic_coa", company=other, install_demo=False
        )
        self.invoice(self.free.with_company(other), company_id=other.id)
        self.assertNotIn(other, self.importer.company_ids)
        record = self.run_import("reference;vat\nP-2;BE0477472701\n")
        self.assertEqual(self.warned(record), [(2, "vat")])
        protection = self.env["client.import.protection"]
        found = protection._get_invoiced(record._in_company(), self.free.ids)
        # Its account for that company is another value.
        self.assertEqual(found, {self.free.id: False})

    def test_vendor_bills_are_no_invoices_of_the_client(self):
        move = self.invoice(self.free, move_type="in_invoice")
        self.assertEqual(move.state, "posted")
        record = self.run_import("reference;vat\nP-2;BE0477472701\n")
        self.assertFalse(self.warned(record))

    # Settings, rights

    def test_each_field_can_be_left_out(self):
        self.company.client_protect_vat = False
        record = self.run_import(self.text)
        self.assertEqual(self.warned(record), [(2, "address, zip, city")])
        self.assertEqual(self.invoiced.vat, self.NEW[0])
        self.company.client_protect_address = False
        record = self.run_import(self.text)
        self.assertFalse(self.warned(record))
        self.assertEqual(self.values(self.invoiced)[:3], self.NEW)

    def test_company_number_and_receivable_account_are_protected(self):
        columns = type(self.env["client.import.columns"])
        get_columns = columns._get_import_columns
        more = Column("number", "company_registry")
        self.patch(columns, "_get_import_columns", lambda s: (*get_columns(s), more))
        self.invoiced.company_registry = "0428759497"
        record = self.run_import("reference;number\nP-1;0477472701\n")
        self.assertEqual(self.warned(record), [(2, "number")])
        found = self.env["client.import.protection"]._get_protected_fields()
        self.assertIn("property_account_receivable_id", found["receivable"])

    def test_the_importer_has_no_right_on_invoices(self):
        self.assertEqual(self.importer, self.make(self.text).user_id)
        moves = self.env["account.move"].with_user(self.importer)
        with self.assertRaises(AccessError):
            moves.search_count([("commercial_partner_id", "=", self.invoiced.id)])

    def test_only_importers_open_the_protected_rows(self):
        record = self.make(self.text)
        record.check()
        for name in ("user", "employee", "portal"):
            with self.subTest(name), self.assertRaises(AccessError):
                record.with_user(self.users[name]).action_open_protected()
            with self.subTest(name), self.assertRaises(AccessError):
                record.with_user(self.users[name]).write({"overwrite_protected": True})

    # Cost

    def test_one_query_a_chunk_and_none_without_such_a_change(self):
        protection = type(self.env["client.import.protection"])
        asked, get_invoiced = [], protection._get_invoiced

        def noted(model, client_import, ids):
            asked.append(sorted(ids))
            before = self.env.cr.sql_log_count
            found = get_invoiced(model, client_import, ids)
            asked.append(self.env.cr.sql_log_count - before)
            return found

        self.patch(protection, "_get_invoiced", noted)
        self.run_import("reference;vat;phone\nP-1;BE0428759497;1\nP-2;;2\nP-9;;\n")
        self.run_import("reference;name;vat\nP-8;New;BE0477472701\n")
        self.assertFalse(asked)
        self.run_import("reference;vat\nP-1;BE0477472701\nP-2;BE0477472701\n")
        self.assertEqual(asked, [sorted((self.invoiced | self.free).ids), 1])


@tagged("post_install", "-at_install")
class TestImportProtectedSettings(ProtectedCase):
    def test_settings(self):
        settings = self.env["res.config.settings"].create({})
        self.assertTrue(settings.client_protect_vat)
        settings.client_protect_vat = False
        settings.execute()
        self.assertFalse(self.company.client_protect_vat)
        self.assertTrue(self.company.client_protect_registry)

    def test_a_closed_unit_or_a_prospect_makes_no_difference(self):
        self.invoiced.client_status = "prospect"
        unit = [Command.set(self.env["res.partner.category"].ids)]
        self.invoiced.category_id = unit
        record = self.run_import(self.text)
        self.assertEqual(self.warned(record), [(2, "vat"), (2, "address, zip, city")])
