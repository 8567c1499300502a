from dateutil.relativedelta import relativedelta

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.client_extension.tests import common_bridge


@tagged("post_install", "-at_install")
class TestCalendarBridge(common_bridge.BridgeCase):
    """Meetings ahead and past; private ones stay private."""

    sections = ("calendar",)
    sources = ("meeting",)
    blocks = 1
    allow_inherited_tests_method = True
    # the names of the organizers: users, and their partners; the attendees and their
    # partners, of whom Odoo asks whether the user is one
    timeline_more_queries = 4

    @classmethod
    def setUpClass(cls):
        cls.organizer = False
        super().setUpClass()

    @classmethod
    def make_documents(cls, client):
        cls.meeting(client, 3)
        cls.meeting(client, 10)
        cls.meeting(client, -30)
        cls.meeting(client, -400)

    @classmethod
    def meeting(cls, clients, days=0, name="Choose the hotel", **values):
        cls.organizer = cls.organizer or new_test_user(cls.env, login="organizer")
        start = fields.Datetime.now() + relativedelta(days=days)
        events = cls.env["calendar.event"].with_context(no_mail_to_attendees=True)
        return events.create(
            {
                "name": name,
                "start": start,
                "stop": start + relativedelta(hours=1),
                "user_id": cls.organizer.id,
                "partner_ids": [Command.set(clients.ids)],
                **values,
            }
        )

    def figures(self, client, user=None):
        client = client.with_user(user or self.reader)
        values = client._read_client_figures()[client.id]
        return values["calendar", "ahead"], values["calendar", "past"]

    def titles(self, client, user=None, **options):
        client = client.with_user(user or self.reader)
        timeline = client.get_client_timeline(kinds=["meeting"], **options)
        return [entry["title"] for entry in timeline["entries"]]

    def test_meetings_ahead_with_the_next_date_and_those_of_a_year(self):
        ahead, past = self.figures(self.family)
        self.assertEqual((ahead["count"], past["count"]), (2, 1))
        tomorrows = fields.Datetime.now() + relativedelta(days=3)
        self.assertEqual(ahead["oldest"], tomorrows.date())

    def test_a_meeting_with_two_contacts_of_a_client_counts_once(self):
        other = self.Partner.create({"name": "Paul", "parent_id": self.school.id})
        before = self.figures(self.school)[0]["count"]
        self.meeting(self.contact | other | self.family, 5)
        clients = self.as_reader(self.school | self.family)
        values = clients._read_client_figures()
        ahead = [values[c.id]["calendar", "ahead"]["count"] for c in clients]
        self.assertEqual(ahead, [before + 1, 3])

    def test_the_timeline_has_what_happened(self):
        self.meeting(self.family, 1, name="Tomorrow")
        self.meeting(self.family, -1, name="Yesterday")
        titles = self.titles(self.family)
        self.assertIn("Yesterday", titles)
        self.assertNotIn("Tomorrow", titles)
        self.assertEqual(len(titles), 3)

    # Privacy

    def assert_hidden(self, *meetings):
        """Nothing tells the reader of these meetings with the family."""
        values = self.figures(self.family)
        self.assertEqual([v["count"] for v in values], [2, 1])
        self.assertEqual(len(self.titles(self.family)), 2)
        self.assertFalse(self.titles(self.family, search="Severance"))
        self.assertFalse(self.titles(self.family, search="Busy"))
        client = self.as_reader(self.family)
        for key in ("ahead", "past"):
            domain = client.open_client_figure("calendar", key)["domain"]
            found = self.env["calendar.event"].with_user(self.reader).search(domain)
            for meeting in meetings:
                self.assertNotIn(meeting.id, found.ids)
        for meeting in meetings:
            with self.assertRaises(AccessError):
                client.get_client_timeline_talk("calendar.event", meeting.id)

    def private(self, **values):
        return [
            self.meeting(self.family, days, name="Severance", **values)
            for days in (2, -2)
        ]

    def test_private_meetings_of_others_are_neither_counted_nor_shown(self):
        self.assert_hidden(*self.private(privacy="private"))

    def test_nor_are_those_of_a_calendar_that_is_private(self):
        colleague = new_test_user(self.env, login="colleague")
        colleague.with_user(colleague).calendar_default_privacy = "private"
        self.assert_hidden(*self.private(user_id=colleague.id))

    def test_who_organizes_a_private_meeting_sees_it(self):
        self.private(privacy="private", user_id=self.reader.id)
        values = self.figures(self.family)
        self.assertEqual([v["count"] for v in values], [3, 2])
        self.assertIn("Severance", self.titles(self.family))

    def test_who_attends_a_private_meeting_finds_it_on_the_timeline(self):
        attendees = self.family | self.reader.partner_id
        self.meeting(attendees, -2, name="Severance", privacy="private")
        self.assertIn("Severance", self.titles(self.family))
        self.assertNotIn("Severance", self.titles(self.family, self.users["user"]))

    # New

    def test_a_new_meeting_is_with_the_client_and_the_user(self):
        action = self.as_reader(self.family).action_client_new_meeting()
        events = self.env["calendar.event"].with_user(self.reader)
        events = events.with_context(**action["context"], no_mail_to_attendees=True)
        meeting = events.create({"name": "Choose the hotel"})
        self.assertEqual(meeting.partner_ids, self.family | self.reader.partner_id)

    def test_a_new_meeting_is_for_users_of_the_app(self):
        client = self.family.with_user(self.users["employee"])
        with self.assertRaises(AccessError):
            client.action_client_new_meeting()
