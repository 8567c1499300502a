import json
from unittest.mock import patch

from odoo import Command, fields
from odoo.tests import tagged

from ..common_label import LabelCase
from ..common_merge import MergeCase


@tagged("post_install", "-at_install")
class TestMergeLinks(MergeCase, LabelCase):
    """Whatever refers to a merged client refers to the one that is kept."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.definition.properties_definition = [
            {
                "name": "by",
                "type": "many2one",
                "string": "By",
                "comodel": "res.partner",
            },
            {
                "name": "friends",
                "type": "many2many",
                "string": "Friends",
                "comodel": "res.partner",
            },
            {"name": "lang", "type": "many2one", "string": "L", "comodel": "res.lang"},
        ]

    def setUp(self):
        super().setUp()
        self.source = self.twin()

    def merge_source(self):
        self.env.flush_all()
        self.merge(self.family, self.source)
        self.assertFalse(self.source.exists())

    def test_links_in_the_additional_data_of_others(self):
        family, source = self.family.id, self.source.id
        self.school.client_properties = {
            "by": source,
            "friends": [source, self.school.id, family],
        }
        agent = self.twin(client_properties={"friends": [source]})
        self.merge_source()
        self.assertEqual(self.stored(self.school)["by"], family)
        friends = self.stored(self.school)["friends"]
        self.assertEqual(friends, [family, self.school.id])
        self.assertEqual(self.stored(agent)["friends"], [family])

    def test_links_of_another_model_stay(self):
        self.env.flush_all()
        self.cr.execute(
            "UPDATE res_partner SET client_properties = %s WHERE id = %s",
            [json.dumps({"lang": self.source.id}), self.school.id],
        )
        self.env.invalidate_all()
        self.merge_source()
        self.cr.execute(
            "SELECT client_properties->'lang' FROM res_partner WHERE id = %s",
            [self.school.id],
        )
        self.assertEqual(self.cr.fetchone(), (self.source.id,))

    def test_a_client_is_not_linked_to_itself(self):
        self.family.client_properties = {
            "by": self.source.id,
            "friends": [self.source.id, self.school.id],
        }
        self.merge_source()
        self.assertFalse(self.stored(self.family)["by"])
        self.assertEqual(self.stored(self.family)["friends"], [self.school.id])

    def test_followers_of_the_client(self):
        user, manager = self.users["user"], self.users["manager"]
        (user | manager).partner_id.email = "x@example.com"
        self.family.message_subscribe(user.partner_id.ids)
        self.source.message_subscribe((user | manager).partner_id.ids)
        self.merge_source()
        followers = self.family.message_partner_ids
        self.assertEqual(followers & (user | manager).partner_id, followers)
        self.assertIn(manager.partner_id, followers)

    def test_documents_that_the_client_follows(self):
        self.school.message_subscribe((self.family | self.source).ids)
        self.supplier.message_subscribe(self.source.ids)
        self.merge_source()
        self.assertIn(self.family, self.supplier.message_partner_ids)
        self.assertIn(self.family, self.school.message_partner_ids)

    def test_channels_of_the_client(self):
        both, own = self.env["discuss.channel"].create(
            [{"name": name, "channel_type": "channel"} for name in ("both", "own")]
        )
        both._add_members(partners=self.family | self.source)
        own._add_members(partners=self.source)
        self.merge_source()
        for channel in (both, own):
            members = channel.channel_member_ids.partner_id
            self.assertIn(self.family, members)

    def test_scheduled_messages(self):
        message = self.env["mail.scheduled.message"].create(
            {
                "model": "res.partner",
                "res_id": self.source.id,
                "body": "Later",
                "scheduled_date": fields.Datetime.add(fields.Datetime.now(), days=9),
                "author_id": self.env.user.partner_id.id,
            }
        )
        self.merge_source()
        self.assertEqual(message.exists().res_id, self.family.id)

    def test_external_ids_files_activities_and_messages(self):
        text = "Hello"
        kept = (
            self.env["ir.model.data"].create(
                {
                    "module": "__test__",
                    "name": "merged",
                    "model": "res.partner",
                    "res_id": self.source.id,
                }
            ),
            self.env["ir.attachment"].create(
                {"name": "a", "res_model": "res.partner", "res_id": self.source.id}
            ),
            self.source.message_post(body=text),
            self.source.activity_schedule("mail.mail_activity_data_todo"),
        )
        self.merge_source()
        for record in kept:
            with self.subTest(record._name):
                self.assertEqual(record.exists().res_id, self.family.id)
        self.assertEqual(self.env.ref("__test__.merged"), self.family)

    def test_meetings(self):
        if "calendar.event" not in self.env:
            self.skipTest("no calendar")
        meeting = self.env["calendar.event"].create(
            {
                "name": "Visit",
                "start": "2026-01-05 09:00:00",
                "stop": "2026-01-05 10:00:00",
                "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                "res_id": self.source.id,
                "partner_ids": [Command.set(self.source.ids)],
            }
        )
        self.merge_source()
        self.assertEqual(meeting.res_id, self.family.id)
        self.assertEqual(meeting.partner_ids, self.family)

    def test_a_table_with_a_unique_index_keeps_what_can_be_moved(self):
        """As an add-on may have one: two columns, unique together."""
        self.cr.execute(
            "CREATE TABLE test_merge_unique (id serial, kind varchar,"
            " partner_id integer REFERENCES res_partner ON DELETE CASCADE)"
        )
        self.cr.execute("CREATE UNIQUE INDEX ON test_merge_unique (kind, partner_id)")
        self.cr.execute(
            "INSERT INTO test_merge_unique (kind, partner_id)"
            " VALUES ('a', %s), ('a', %s), ('b', %s)",
            [self.family.id, self.source.id, self.source.id],
        )
        self.merge_source()
        self.cr.execute("SELECT kind, partner_id FROM test_merge_unique ORDER BY 1")
        rows = [("a", self.family.id), ("b", self.family.id)]
        self.assertEqual(self.cr.fetchall(), rows)

    def test_odoo_s_own_merge_does_the_same(self):
        self.school.client_properties = {"by": self.source.id}
        self.family.client_properties = {"by": self.source.id}
        self.merge_as_odoo()
        self.assertEqual(self.stored(self.school)["by"], self.family.id)
        self.assertFalse(self.stored(self.family).get("by"))

    def test_references_that_an_app_computes(self):
        """Odoo's merge leaves them out."""
        action = self.env["ir.actions.server"].create(
            {
                "name": "Copy",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "state": "object_copy",
                "crud_model_id": self.env["ir.model"]._get_id("res.partner"),
                "resource_ref": f"res.partner,{self.source.id}",
            }
        )
        self.env.flush_all()
        field = type(action)._fields["resource_ref"]
        with patch.object(field, "compute", "_compute_resource_ref"):
            self.merge_as_odoo()
        self.assertEqual(action.resource_ref, self.family)

    def merge_as_odoo(self):
        self.env.flush_all()
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((self.family | self.source).ids, self.family)
        self.env.invalidate_all()

    def stored(self, partner):
        self.env.invalidate_all()
        return partner.client_properties._values
