from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from ...importer.writers.write_xlsx import write_xlsx
from ..common_import import ImportCase

#: columns as another program names them, and their meaning
FOREIGN = "customerID,companyName,postalCode,Phone 1,Phone 2,fax\n"
MAPPING = {
    "customerID": "reference",
    "companyName": "name",
    "Phone 1": "phone",
    "Phone 2": "mobile",
    "fax": "-",
}
ROWS = FOREIGN + "ALFKI,Alfreds,12209,030-1,0170-2,030-9\n"


@tagged("post_install", "-at_install")
class TestImportMapping(ImportCase):
    """The user's column mapping, and what is saved of it."""

    def columns(self, record):
        return {c["header"]: c for c in record.column_choices["columns"]}

    def keep(self, name="Northwind", user=None, **values):
        record = self.make(ROWS, user=user, column_mapping=MAPPING, **values)
        record.check()
        wizard = self.env["client.import.mapping.save"].with_user(record.env.user)
        wizard = wizard.create({"import_id": record.id, "name": name})
        wizard.action_save()
        return record.mapping_id

    def test_a_file_without_reference_is_no_dead_end(self):
        record = self.make(ROWS)
        record.check()
        self.assertEqual(record.state, "failed")
        self.assertTrue(record.can_map)
        self.assertIn("no “reference” column", record.next_step)
        self.assertIn("Select below", record.next_step)
        columns = self.columns(record)
        self.assertEqual(columns["customerID"]["suggestion"], "reference")
        self.assertEqual(columns["companyName"]["suggestion"], "name")
        self.assertEqual(columns["Phone 2"]["suggestion"], "mobile")
        self.assertEqual(columns["postalCode"]["choice"], "zip")
        self.assertEqual(columns["customerID"]["samples"], ["ALFKI"])
        record.column_mapping = MAPPING
        record.check()
        self.assertEqual((record.state, record.created_count), ("checked", 1))
        record.run()
        client = self.client("ALFKI")
        self.assertEqual(
            (client.name, client.zip, client.phone, client.mobile),
            ("Alfreds", "12209", "030-1", "0170-2"),
        )
        self.assertFalse(client.client_properties._values)

    def test_two_columns_that_are_the_same(self):
        record = self.make("reference;name;alias\nM1;A;B\n")
        record.column_mapping = {"name": "name", "alias": "name"}
        record.check()
        self.assertEqual((record.state, record.can_map), ("failed", True))
        record.column_mapping = {"alias": "+"}
        record.check()
        self.assertEqual(record.state, "checked")
        synonym = self.make("reference;name;naam\nM1;A;B\n")
        synonym.check()
        self.assertEqual(synonym.state, "checked")
        self.assertEqual(self.columns(synonym)["naam"]["double"], "name")
        self.assertEqual(self.columns(synonym)["naam"]["choice"], "+")
        equal = self.make("reference;name;Name\nM1;A;B\n")
        equal.check()
        self.assertEqual((equal.state, equal.can_map), ("failed", False))
        self.assertEqual(
            equal.problem_ids.message,
            "The columns “name” (number 2) and “Name” (number 3) stand for "
            "the same field. Keep only one of them.",
        )

    def test_an_import_without_a_browser_takes_a_mapping(self):
        mapping = self.keep(mode="create", category_ids=self.vip.ids, delimiter=",")
        values = {"file": self.encode(ROWS), **mapping._prepare_import()}
        record = self.env["client.import"].with_user(self.importer).create(values)
        self.assertEqual((record.mode, record.delimiter), ("create", ","))
        self.assertEqual(record.category_ids, self.vip)
        told = []
        tell = record.with_context(client_import_tell=lambda *pair: told.append(pair))
        tell.run()
        self.assertEqual(self.client("ALFKI").name, "Alfreds")
        self.assertEqual(told, [(1, 1)])

    def test_what_a_mapping_cannot_correct(self):
        for text in (b"\x89PNG\r\n\x1a\n", "reference;name\n"):
            record = self.make(text)
            record.check()
            self.assertEqual((record.state, record.can_map), ("failed", False))

    def test_a_choice_waits_for_a_check(self):
        record = self.make("reference;name;phnoe\nM1;A;1\n")
        record.check()
        self.assertFalse(record.mapping_pending)
        self.assertEqual(self.columns(record)["phnoe"]["suggestion"], "phone")
        with Form(record) as form:
            form.column_mapping = {"phnoe": "phone"}
            self.assertTrue(form.mapping_pending)
            form.column_mapping = {"phnoe": "+"}
            self.assertFalse(form.mapping_pending)
            form.column_mapping = {"phnoe": "phone"}
        self.assertEqual(record.state, "draft")
        record.check()
        self.assertFalse(record.mapping_pending)
        record.run()
        self.assertEqual(self.client("M1").phone, "1")

    def test_near_misses_come_first_and_new_labels_are_said(self):
        record = self.make("reference;name;phnoe;code SAP\nM1;A;1;2\n")
        record.check()
        columns = record.column_choices["columns"]
        self.assertEqual(columns[0]["header"], "phnoe")
        self.assertTrue(self.columns(record)["code SAP"]["is_new_label"])
        record.run()
        again = self.make("reference;name;code SAP\nM1;A;2\n")
        again.check()
        self.assertFalse(self.columns(again)["code SAP"]["is_new_label"])

    def test_a_mapping_is_a_table_of_texts(self):
        for bad in ([], ["reference"], {"a": 1}, {"a": {"b": "c"}}, "reference"):
            if bad:
                with self.subTest(bad), self.assertRaises(ValidationError):
                    self.make(ROWS, column_mapping=bad)

    def test_a_column_that_no_longer_exists(self):
        record = self.make("reference;name\nM1;A\n", column_mapping={"name": "gone"})
        record.check()
        self.assertEqual(self.codes(record), [(0, "header_target")])
        self.assertTrue(record.can_map)

    def test_a_dialog_does_not_name_the_file_of_somebody_else(self):
        record = self.make(ROWS, file_name="secret plan.csv")
        record.check()
        other = new_test_user(
            self.env, "clients_nosy", "client_extension.group_client_importer"
        )
        for model in ("client.import.mapping.save", "client.import.correct.wizard"):
            dialogs = self.env[model].with_user(other)
            with self.subTest(model), self.assertRaises(AccessError):
                dialogs.create({"import_id": record.id})
        dialogs = self.env["client.import.mapping.save"].with_user(other)
        self.assertFalse(dialogs.new({"import_id": record.id}).name)
        seen = dialogs.onchange(
            {"import_id": record.id}, ["import_id"], {"name": {}, "import_id": {}}
        )
        self.assertNotIn("secret", str(seen))
        own = self.env["client.import.mapping.save"].with_user(self.importer)
        self.assertEqual(own.create({"import_id": record.id}).name, "secret plan")

    def test_kept_and_proposed(self):
        vip = self.vip
        kept = self.keep(
            mode="update_skip",
            category_ids=vip.ids,
            business_unit_id=self.desk.id,
            default_status="prospect",
            clear_empty=True,
            warn_cells=True,
            delimiter=",",
        )
        self.assertEqual(kept.user_id, self.importer)
        self.assertNotIn("ALFKI", str(kept.columns_summary))
        wizard = Form(self.env["client.import.wizard"].with_user(self.importer))
        wizard.file = self.encode(
            "fax,Phone 2,Phone 1,postalCode,companyName,CUSTOMERID\n"
        )
        self.assertFalse(wizard.mapping_id)
        text = "fax,Phone 2,Phone 1,postalCode,companyName,CUSTOMERID\n1,2,3,4,5,6\n"
        wizard.file = self.encode(text)
        self.assertEqual(wizard.mapping_id, kept)
        self.assertEqual(
            (wizard.mode, wizard.default_status, wizard.separator),
            ("update_skip", "prospect", ","),
        )
        self.assertTrue(wizard.clear_empty and wizard.warn_cells)
        self.assertEqual(wizard.business_unit_id, self.desk)
        wizard.mode = "create"
        done = self.opened(wizard.save().action_import())
        self.assertEqual(done.mapping_id, kept)
        client = self.client("6")
        self.assertEqual((client.name, client.phone, client.mobile), ("5", "3", "2"))
        self.assertEqual(client.category_id, vip)

    def test_a_workbook_is_mapped_like_a_text(self):
        rows = [line.split(",") for line in ROWS.splitlines()]
        content = b"".join(write_xlsx(rows))
        record = self.make(content, file_name="northwind.xlsx")
        record.check()
        self.assertTrue(record.can_map)
        self.assertEqual(self.columns(record)["customerID"]["samples"], ["ALFKI"])
        record.column_mapping = MAPPING
        record.check()
        self.assertEqual((record.state, record.created_count), ("checked", 1))
        kept = self.keep()
        wizard = Form(self.env["client.import.wizard"].with_user(self.importer))
        wizard.file = self.encode(content)
        self.assertEqual(wizard.mapping_id, kept)

    def test_another_header_takes_the_proposal_away(self):
        self.keep()
        wizard = Form(self.env["client.import.wizard"].with_user(self.importer))
        wizard.file = self.encode(ROWS)
        self.assertTrue(wizard.mapping_id)
        wizard.file = self.encode("reference;name\nM1;A\n")
        self.assertFalse(wizard.mapping_id)
        wizard.file = self.encode(b"\x89PNG\r\n\x1a\n")
        self.assertFalse(wizard.mapping_id)

    def test_own_before_others_then_the_latest(self):
        manager = self.users["manager"]
        mine = self.keep("Mine")
        theirs = self.keep("Theirs", user=manager)
        mappings = self.env["client.import.mapping"]
        for user, expected in ((self.importer, mine), (manager, theirs)):
            found = mappings.with_user(user)._propose(mine.signature)
            self.assertEqual(found, expected)
        self.assertFalse(mappings._propose("other"))

    def test_kept_again_under_the_same_name(self):
        first = self.keep()
        again = self.keep(mode="create")
        self.assertEqual(first, again)
        self.assertEqual(first.mode, "create")
        other = new_test_user(
            self.env, "clients_other", "client_extension.group_client_importer"
        )
        with self.assertRaisesRegex(AccessError, "clients_importer"):
            self.keep(user=other)
        self.assertEqual(self.keep(user=self.users["manager"]), first)
        self.assertEqual(first.user_id, self.importer)

    def test_name_offered(self):
        record = self.make(ROWS, file_name="northwind.csv", column_mapping=MAPPING)
        record.check()
        wizards = self.env["client.import.mapping.save"].with_user(self.importer)
        self.assertEqual(wizards.create({"import_id": record.id}).name, "northwind")
        record.mapping_id = self.keep("Northwind weekly")
        self.assertEqual(
            wizards.create({"import_id": record.id}).name, "Northwind weekly"
        )

    def test_who_may_use_and_change(self):
        kept = self.keep()
        other = new_test_user(
            self.env, "clients_other", "client_extension.group_client_importer"
        )
        self.assertEqual(kept.with_user(other).name, "Northwind")
        self.assertFalse(kept.with_user(other).can_change)
        self.assertTrue(kept.with_user(self.importer).can_change)
        self.assertTrue(kept.with_user(self.users["manager"]).can_change)
        for act in (
            lambda: kept.with_user(other).write({"name": "x"}),
            lambda: kept.with_user(other).unlink(),
        ):
            with self.assertRaises(AccessError):
                act()
        for name in ("user", "employee", "accountant", "portal"):
            with self.subTest(name), self.assertRaises(AccessError):
                kept.with_user(self.users[name]).read(["name"])
        stolen = self.env["client.import.mapping"].with_user(other)
        stolen = stolen.create({"name": "Mine", "user_id": self.importer.id})
        self.assertEqual(stolen.user_id, other)
        kept.with_user(self.importer).name = "Weekly"
        kept.with_user(self.users["manager"]).name = "Monthly"
        kept.with_user(self.importer).unlink()

    def test_another_company_knows_nothing_of_it(self):
        kept = self.keep()
        other = self.make_company()
        stranger = new_test_user(
            self.env,
            "clients_stranger",
            "client_extension.group_client_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        mappings = self.env["client.import.mapping"].with_user(stranger)
        self.assertFalse(mappings.search([]))
        self.assertFalse(mappings._propose(kept.signature))
        self.assertNotEqual(self.keep(user=stranger), kept)

    def test_a_mapping_that_goes_leaves_the_import(self):
        kept = self.keep()
        record = self.env["client.import"].search([("mapping_id", "=", kept.id)])
        kept.unlink()
        self.assertFalse(record.mapping_id)
        self.assertEqual(record.column_mapping, MAPPING)
