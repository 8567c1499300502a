from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...common_undo import UndoCase

FILE = "reference;name;category;source;Made label\nMN1;A;Made tag;Made source;1\n"
MODELS = ("client.label", "res.partner.category", "utm.source")
REASON = "Not this one."


@tagged("post_install", "-at_install")
class TestImportNamesUndo(UndoCase):
    """An undo takes away the names that its import made and nobody else uses."""

    def made(self):
        """:return: dict: model -> the records of the file"""
        return {m: self.env[m].search([("name", "=like", "Made %")]) for m in MODELS}

    def undo(self, record):
        record.undo()
        self.assertEqual(record.state, "undone")

    def assert_left(self, *models):
        left = {model for model, records in self.made().items() if records.exists()}
        self.assertEqual(left, set(models))

    def edit_later(self, record):
        """Have a record look as if it had been edited in a later transaction."""
        self.env.flush_all()
        self.env.cr.execute(
            f"UPDATE {record._table} SET write_date = write_date + INTERVAL '1 second'"
            " WHERE id = %s",
            [record.id],
        )
        self.env.invalidate_all()

    def test_what_nobody_uses_is_deleted(self):
        record = self.run_import(FILE)
        self.assert_left(*MODELS)
        self.undo(record)
        self.assert_left()
        self.assertFalse(self.client("MN1"))
        self.assertIn("names deleted: 3, kept: 0.", record.next_step)
        definition = self.Partner._get_client_properties_definition()
        names = [item["string"] for item in definition.properties_definition]
        self.assertNotIn("Made label", names)

    def test_who_may_not_delete_names_undoes_as_well(self):
        for model in MODELS:
            rights = self.env[model].with_user(self.importer)
            self.assertFalse(rights.has_access("unlink"), model)
        self.undo(self.run_import(FILE).with_user(self.importer))
        self.assert_left()

    def test_what_existed_before_stays(self):
        self.env["res.partner.category"].create({"name": "Made tag"})
        self.env["utm.source"].create({"name": "Made source"})
        self.run_import("reference;name;Made label\nMN0;A;\n")
        self.env["client.label"].create({"name": "Made label"})
        self.undo(self.run_import(FILE))
        self.assert_left(*MODELS)

    def test_what_another_client_uses_stays(self):
        record = self.run_import(FILE)
        other = self.run_import(FILE.replace("MN1", "MN2"))
        self.undo(record)
        self.assert_left(*MODELS)
        self.assertIn("deleted: 0, kept: 3.", record.next_step)
        for text in ("“Made label”", "“Made tag”", "“Made source”"):
            self.assertIn(text, record.next_step)
        self.undo(other)
        self.assert_left(*MODELS)
        self.assertNotIn("sources deleted", other.next_step)

    def test_an_archived_client_of_another_company_uses_it_too(self):
        record = self.run_import(FILE)
        company = self.env["res.company"].create({"name": "Elsewhere"})
        client = self.client("MN1").copy({"ref": "MN9", "company_id": company.id})
        client.write({"active": False, "client_source_id": False})
        self.assertTrue(client.category_id)
        self.assertTrue(client.client_properties[self.label("madelabel")])
        self.undo(record)
        self.assert_left("client.label", "res.partner.category")

    def test_a_value_that_was_emptied_is_no_use(self):
        record = self.run_import(FILE)
        key = self.label("madelabel")
        self.school._update_client_properties({key: False})
        self.undo(record)
        self.assert_left()

    def test_any_link_of_the_registry_is_a_use(self):
        record = self.run_import(FILE)
        made = self.made()
        child = {"name": "Below", "parent_id": made["res.partner.category"].id}
        self.env["res.partner.category"].create(child)
        self.env["ir.model.data"].create(
            {
                "module": "__export__",
                "name": "made_source",
                "model": "utm.source",
                "res_id": made["utm.source"].id,
            }
        )
        self.env["ir.filters"].create(
            {
                "name": "Of the test",
                "model_id": "res.partner",
                "domain": f"[('client_properties.{made['client.label'].key}','=','1')]",
            }
        )
        self.undo(record)
        self.assert_left(*MODELS)

    def test_what_was_edited_since_stays(self):
        record = self.run_import(FILE)
        for one in self.made().values():
            self.edit_later(one)
        self.undo(record)
        self.assert_left(*MODELS)

    def test_what_somebody_deleted_is_gone(self):
        record = self.run_import(FILE)
        self.client("MN1").client_source_id = False
        self.made()["utm.source"].unlink()
        self.client("MN1").client_source_id = False
        self.undo(record)
        self.assertIn("names deleted: ", record.next_step)
        self.assertFalse(self.made()["utm.source"])

    def test_a_merge_keeps_what_the_merged_client_had(self):
        record = self.run_import(FILE)
        self.school._client_merge(self.client("MN1"))
        self.undo(record)
        self.assertIn(self.made()["res.partner.category"], self.school.category_id)
        self.assertTrue(self.school.client_properties[self.label("madelabel")])
        left = {"res.partner.category", "client.label"}
        self.assertLessEqual(left, {m for m, found in self.made().items() if found})

    def test_a_partial_undo_keeps_what_a_kept_client_has(self):
        text = FILE + "MN2;B;Made tag 2;Made source 2;\n"
        record = self.run_import(text)
        self.client("MN2").comment = "Changed since"
        self.undo(record)
        left = [found.mapped("name") for found in self.made().values()]
        self.assertEqual(left, [[], ["Made tag 2"], ["Made source 2"]])
        self.assertIn("names deleted: 3, kept: 2.", record.next_step)

    def test_names_of_rows_that_were_refused_can_be_undone(self):
        create = type(self.Partner).create

        def refuse(partners, vals_list):
            if any(vals.get("ref") == "MN1" for vals in vals_list):
                raise UserError(REASON)
            return create(partners, vals_list)

        with patch.object(type(self.Partner), "create", refuse):
            record = self.run_import(FILE)
        self.assertEqual(self.counts(record), (0, 0, 0, 0, 1))
        self.assert_left(*MODELS)
        self.assertTrue(record.can_undo)
        self.undo(record)
        self.assert_left()

    def test_what_an_app_protects_is_kept(self):
        record = self.run_import(FILE)
        tags = type(self.env["res.partner.category"])

        def refuse(records):
            raise UserError(REASON)

        with patch.object(tags, "unlink", refuse):
            self.undo(record)
        self.assert_left("res.partner.category")

    def test_the_notes_go_with_the_change_log(self):
        record = self.run_import(FILE)
        names = self.env["client.import.name"].search([("import_id", "=", record.id)])
        self.assertEqual(set(names.mapped("model")), set(MODELS))
        record.sudo().journal_cleared = True
        with self.committing():
            self.env["client.import.journal"]._cron_clear()
        self.assertFalse(names.exists())
        self.assertFalse(record.can_undo)
