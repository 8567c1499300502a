from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.client_extension.tests import common_closed


@tagged("post_install", "-at_install")
class TestCalendarClosed(common_closed.ClosedUnitCase):
    """Meetings with clients of closed units, and the clients as attendees."""

    groups = "base.group_user"
    allow_inherited_tests_method = True

    @classmethod
    def make_documents(cls, client):
        event = cls.meeting(client | cls.member.partner_id, user_id=cls.member.id)
        attendee = event.attendee_ids.filtered(lambda one: one.partner_id == client)
        return [event, attendee]

    @classmethod
    def meeting(cls, partners, **values):
        start = fields.Datetime.now() + timedelta(days=3)
        events = cls.env["calendar.event"].with_context(no_mail_to_attendees=True)
        return events.create(
            {
                "name": "Choose the hotel",
                "start": start,
                "stop": start + timedelta(hours=1),
                "partner_ids": [Command.set(partners.ids)],
                **values,
            }
        )

    def test_colleagues_who_are_invited_do_not_see_it_and_their_calendar_opens(self):
        partners = self.client | self.outsider.partner_id
        events = self.meeting(partners, user_id=self.member.id)
        events |= self.meeting(partners, user_id=self.outsider.id)
        mine = self.meeting(self.outsider.partner_id, user_id=self.outsider.id)
        self.close()
        self.assertEqual(self.sees(self.outsider, events), set())
        calendar = self.env["calendar.event"].with_user(self.outsider)
        spec = {"partner_ids": {"fields": {"email": {}, "display_name": {}}}}
        spec["attendee_ids"] = {"fields": {"common_name": {}, "email": {}}}
        domain = [("partner_ids", "in", self.outsider.partner_id.ids)]
        shown = calendar.web_search_read(domain, {"name": {}, **spec})["records"]
        self.assertIn(mine.id, [event["id"] for event in shown])
        self.assertNotIn("Hidden", str(shown))

    def test_a_member_moves_the_meeting(self):
        event = self.hidden[self.client][0]
        self.close()
        event = event.with_user(self.member)
        event.write({"start": event.start + timedelta(days=1)})
        event.write({"partner_ids": [Command.link(self.outsider.partner_id.id)]})
        self.assertIn(self.outsider.partner_id, event.attendee_ids.partner_id)

    def test_a_hidden_client_cannot_be_invited(self):
        self.close()
        events = self.env["calendar.event"].with_user(self.outsider)
        start = fields.Datetime.now()
        with self.assertRaises(AccessError):
            events.with_context(no_mail_to_attendees=True).create(
                {
                    "name": "Guess",
                    "start": start,
                    "stop": start + timedelta(hours=1),
                    "partner_ids": [Command.set(self.client.ids)],
                }
            )
