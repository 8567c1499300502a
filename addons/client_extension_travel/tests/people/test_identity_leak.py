import contextlib

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import format_date, mute_logger

from ..common import GROUPS
from .test_trip_missing import MissingCase

#: filled with what nobody finds anywhere by chance
SECRETS = {
    "birth_place": "Zzyzx-born",
    "needs": "Zzyzx-needs",
    "emergency_name": "Zzyzx-name",
    "emergency_phone": "Zzyzx-phone",
}


@tagged("post_install", "-at_install")
class TestIdentityLeak(MissingCase):
    """No value of an identity is in any field that a user of trips can read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.born, cls.expires = cls.day(-9876), cls.day(30)
        traveller = cls.identity(cls.ann, birth_date=cls.born, **SECRETS)
        cls.passport(traveller, cls.expires)
        cls.manager = new_test_user(
            cls.env,
            login="travel_all",
            groups=f"{GROUPS['manager']},base.group_allow_export,"
            "client_extension.group_client_manager,base.group_partner_manager",
        )
        cls.env.flush_all()
        cls.env.invalidate_all()

    def values(self):
        """:return: list of all texts that would be a leak"""
        dates = [
            text
            for date in (self.born, self.expires)
            for text in (str(date), repr(date), format_date(self.env, date))
        ]
        return [*SECRETS.values(), "P-TOP-SECRET", *dates]

    def assert_no_leak(self, text):
        for value in self.values():
            self.assertNotIn(value, text)

    def read_all(self, record):
        """:return: str, the values of all fields that a user may read"""
        read = []
        for name in record.fields_get():
            # Fields to records of other apps that these users may not read.
            with contextlib.suppress(AccessError):
                read.append(record.read([name]))
        self.assertGreater(len(read), 10)
        return str(read)

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_model")
    def test_no_field_that_a_user_of_trips_reads_holds_a_value(self):
        room = self.room(self.abroad)
        records = (self.abroad, self.line, self.ann, room)
        for user in (self.desk, self.manager):
            for record in records:
                self.assert_no_leak(self.read_all(record.with_user(user)))

    def test_no_export_holds_a_value(self):
        for record in (self.abroad, self.line, self.ann):
            own = record.with_user(self.manager)
            names = [n for n, f in own._fields.items() if f.store and not f.relational]
            names = [name for name in names if name in own.fields_get()]
            self.assert_no_leak(str(own.export_data(names)))
        paths = ["contact_id/name", "trip_id/missing_table", "trip_id/missing_notice"]
        exported = self.line.with_user(self.manager).export_data(paths)
        self.assertIn("until", str(exported))
        self.assert_no_leak(str(exported))

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_model")
    def test_no_message_holds_a_value_after_a_merge_or_a_change(self):
        bob = self.Partner.create({"name": "Bob"})
        self.identity(bob, needs="Other needs")
        text = "Before"
        bob.message_post(body=text)
        admin = self.env.ref("base.user_admin")
        merge = self.env["base.partner.merge.automatic.wizard"].with_user(admin)
        merge._merge((bob | self.ann).ids, bob.with_user(admin))
        self.env.flush_all()
        self.env.invalidate_all()
        traveller = self.env["client.traveller"].search([("person_id", "=", bob.id)])
        self.assertEqual(traveller.emergency_name, SECRETS["emergency_name"])
        traveller.birth_date = self.day(-5000)
        messages = self.env["mail.message"].search([], order="id DESC", limit=50)
        self.assert_no_leak(str(messages.mapped("body")))
        self.assertFalse(messages.tracking_value_ids.filtered("old_value_datetime"))
        self.assert_no_leak(self.read_all(bob.with_user(self.desk)))
