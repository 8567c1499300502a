import json
from contextlib import suppress
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..common_label import LabelCase
from ..common_worker import Killed, WorkerMixin

REASON = "Not this one."


@tagged("post_install", "-at_install")
class TestLabelRemoved(WorkerMixin, LabelCase):
    """A removed label can be restored with its values, until deleted permanently."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.label = cls.add("Dormitory", partner_id=cls.school.id, value_char="Blue")
        cls.key = cls.label.key

    def remove(self, label=None):
        dialog = self.env["client.label.remove"].with_user(self.users["manager"])
        dialog.create({"label_ids": (label or self.label).ids}).action_remove()

    def test_the_question_says_how_many_clients_have_a_value(self):
        other = self.make_company()
        self.Partner.create(
            {
                "name": "Elsewhere",
                "client_status": "client",
                "company_id": other.id,
                "client_properties": {self.key: "Green"},
            }
        )
        self.family.client_properties = {self.key: False}
        action = self.label.with_user(self.users["manager"]).action_remove()
        dialog = self.env[action["res_model"]].with_user(self.users["manager"])
        dialog = dialog.with_context(**action["context"]).create({})
        self.assertIn("Clients with a value for “Dormitory”: 2", dialog.message)
        self.assertEqual(dialog.kept_days, 90)
        self.assertEqual(self.label.client_count, 2)

    def test_zero_and_no_are_values(self):
        beds = self.add("Beds", "integer", partner_id=self.school.id, value_number="0")
        pets = self.add(
            "Pets", "boolean", partner_id=self.school.id, value_boolean="no"
        )
        self.family.client_properties = {beds.key: False, self.key: False}
        self.assertEqual((beds.client_count, pets.client_count), (1, 1))

    def test_a_removed_label_is_nowhere(self):
        self.remove()
        self.assertFalse(self.items())
        self.assertFalse(
            self.school.read(["client_properties"])[0]["client_properties"]
        )
        self.assertNotIn("dormitory", self.env["client.import.columns"]._get_labels())
        self.assertEqual(self.label.removed_uid, self.users["manager"])

    def test_restored_it_has_its_values_again(self):
        self.remove()
        self.label.with_user(self.users["manager"]).action_restore()
        self.assertEqual(self.school.client_properties[self.key], "Blue")
        self.assertFalse(self.label.removed_date)

    def test_values_survive_what_is_written_meanwhile(self):
        other = self.add("Other")
        writes = {
            "form": lambda: self.save_form(self.school, **{other.key: "x"}),
            "values": lambda: self.school.write(
                {"client_properties": {other.key: "x"}}
            ),
            "text": lambda: self.school.write(
                {"client_properties": json.dumps({other.key: "x"})}
            ),
            "nothing": lambda: self.school.write({"client_properties": False}),
            "several": lambda: (self.school | self.family).write(
                {"client_properties": {other.key: "x"}}
            ),
        }
        for name, write in writes.items():
            with self.subTest(name):
                self.remove()
                write()
                self.assertEqual(self.stored(self.school)[self.key], "Blue")
                self.label.action_restore()
                self.assertEqual(self.school.client_properties[self.key], "Blue")
        self.assertEqual(self.stored(self.family), {other.key: "x"})

    def test_odoos_own_way_to_delete_a_label_keeps_the_values_too(self):
        school = self.school.with_user(self.users["manager"])
        shown = school.read(["client_properties"])[0]["client_properties"]
        shown[0]["definition_deleted"] = True
        school.write({"client_properties": shown})
        self.assertFalse(self.label.active)
        self.label.action_restore()
        self.assertEqual(self.school.client_properties[self.key], "Blue")

    def test_a_user_may_write_while_values_are_kept(self):
        other = self.add("Other")
        self.remove()
        school = self.school.with_user(self.users["user"])
        self.save_form(school, **{other.key: "x"})
        self.assertEqual(self.stored(school), {self.key: "Blue", other.key: "x"})

    def test_an_import_brings_the_label_anew(self):
        self.remove()
        self.env["client.import.columns"]._add_labels(["Dormitory"])
        new = self.Label.search([])
        self.assertNotEqual(new.key, self.key)
        self.assertFalse(self.school.client_properties[new.key])
        with self.assertRaisesRegex(ValidationError, "“Dormitory”"):
            self.label.action_restore()

    def test_deleted_for_good_nothing_is_left(self):
        other = self.add("Other", partner_id=self.school.id, value_char="x")
        self.remove()
        self.label.with_user(self.users["manager"]).action_clear()
        self.assertNotIn(self.label, self.Label.search([]))
        self.school.client_properties = {other.key: "y", self.key: "Blue"}
        self.clear()
        self.assertFalse(self.label.exists())
        self.assertEqual(self.stored(self.school), {other.key: "y"})

    def test_a_label_in_use_is_not_deleted(self):
        self.label.with_user(self.users["manager"]).action_clear()
        self.clear()
        self.assertTrue(self.label.exists())
        self.assertEqual(self.stored(self.school), {self.key: "Blue"})

    def test_removed_long_ago_it_goes_by_itself(self):
        recent = self.add("Recent")
        self.remove(self.label | recent)
        self.label.removed_date = fields.Datetime.now() - timedelta(days=91)
        self.clear()
        self.assertFalse(self.label.exists())
        self.assertTrue(recent.exists())

    def test_the_setting_keeps_them_until_a_manager_deletes_them(self):
        self.env["ir.config_parameter"].set_param("client_extension.label_days", "0")
        self.remove()
        self.label.removed_date = fields.Datetime.now() - timedelta(days=9999)
        self.clear()
        self.assertTrue(self.label.exists())

    def test_what_a_killed_worker_began_is_halved_and_done_in_the_end(self):
        self.family.client_properties = {self.key: "Red"}
        self.remove()
        self.label.is_cleared = True
        partners = type(self.env["res.partner"])
        drop, sizes = partners._drop_client_property, []

        def kill(records, key):
            sizes.append(len(records))
            if self.school in records:
                raise Killed
            return drop(records, key)

        labels = self.env["client.label"]
        with patch.object(partners, "_drop_client_property", kill):
            for _worker in range(30):
                with suppress(Killed), self.worker("client.label", "_commit_clearing"):
                    labels._cron_clear()
                    break
        self.assertEqual(sizes[0], 2)
        self.assertEqual(sizes[-1], 1)
        self.assertFalse(self.stored(self.school) or self.stored(self.family))
        self.assertFalse(self.label.exists())

    def test_what_an_app_refuses_is_done_in_smaller_parts_and_in_the_end(self):
        self.family.client_properties = {self.key: "Red"}
        self.remove()
        self.label.is_cleared = True
        partners = type(self.env["res.partner"])
        drop, sizes = partners._drop_client_property, []

        def refuse(records, key):
            sizes.append(len(records))
            if self.school in records:
                raise UserError(REASON)
            return drop(records, key)

        with patch.object(partners, "_drop_client_property", refuse):
            self.clear()
        self.assertEqual(sizes[0], 2)
        self.assertFalse(self.stored(self.school) or self.stored(self.family))
        self.assertFalse(self.label.exists())

    def test_a_label_that_cannot_be_deleted_keeps_no_other_waiting(self):
        other = self.add("Other", partner_id=self.school.id, value_char="x")
        self.remove(self.label | other)
        (self.label | other).is_cleared = True
        labels = type(self.env["client.label"])
        unlink = labels.unlink

        def refuse(records):
            if self.label in records:
                raise UserError(REASON)
            return unlink(records)

        with (
            patch.object(labels, "unlink", refuse),
            self.assertLogs("odoo.addons.client_extension", "ERROR"),
        ):
            self.clear()
        self.assertTrue(self.label.exists())
        self.assertFalse(other.exists())
        self.assertFalse(self.stored(self.school))

    def clear(self):
        cron = self.env.ref("client_extension.client_label_cron")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestCarriedValues(LabelCase):
    """Our code never loses a value that it was not given."""

    def test_a_form_opened_before_a_label_was_added_keeps_its_value(self):
        first = self.add("First", partner_id=self.school.id, value_char="1")
        shown = self.school.read(["client_properties"])[0]["client_properties"]
        second = self.add("Second", partner_id=self.school.id, value_char="2")
        shown[0]["value"] = "one"
        self.school.write({"client_properties": shown})
        expected = {first.key: "one", second.key: "2"}
        self.assertEqual(self.stored(self.school), expected)

    def test_over_rpc_a_write_replaces_all_as_odoo_does(self):
        first = self.add("First", partner_id=self.school.id, value_char="1")
        second = self.add("Second")
        self.school.write({"client_properties": {second.key: "2"}})
        self.assertEqual(self.stored(self.school), {second.key: "2"})
        self.assertFalse(self.school.client_properties[first.key])

    def test_a_write_of_values_costs_no_query_more(self):
        label = self.add("First")
        clients = self.school | self.family
        clients.mapped("client_properties")
        self.Label._get_kept_keys()
        self.env.flush_all()
        with self.assertQueryCount(4):
            clients.write({"client_properties": {label.key: "x"}})
            self.env.flush_all()

    def test_a_merge_brings_both_together_and_the_destination_wins(self):
        first, second, gone = (self.add(name) for name in ("First", "Second", "Gone"))
        third = self.add("Third")
        self.school.client_properties = {first.key: "school", second.key: False}
        self.family.client_properties = {
            first.key: "family",
            second.key: "family",
            gone.key: "family",
        }
        self.supplier.client_properties = {second.key: "x", third.key: 0}
        gone.active = False
        merged = self.school._merge_client_properties(self.family | self.supplier)
        expected = {
            first.key: "school",
            second.key: "family",
            gone.key: "family",
            third.key: 0,
        }
        self.assertEqual(merged, expected)

    def test_a_merge_of_partners_without_values(self):
        self.assertEqual(self.school._merge_client_properties(self.supplier), {})
