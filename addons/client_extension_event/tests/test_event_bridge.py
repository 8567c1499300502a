from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from odoo.addons.client_extension.tests import common_bridge


@tagged("post_install", "-at_install")
class TestEventBridge(common_bridge.BridgeCase):
    """Events of a client and registrations of its people, as a user of Events."""

    sections = ("event",)
    sources = ("event", "registration")
    blocks = 2
    groups = "event.group_event_user"
    allow_inherited_tests_method = True
    # the names of the users, their partners, of the events and their stages
    timeline_more_queries = 4

    @classmethod
    def make_documents(cls, client):
        ahead = cls.event(client, 10)
        cls.event(client, -20)
        cls.registration(ahead, client)
        cls.registration(ahead, client, state="cancel")

    @classmethod
    def event(cls, client, days=10, **values):
        """:return: an event of one day, that many days from now"""
        start = fields.Datetime.now() + relativedelta(days=days)
        return cls.env["event.event"].create(
            {
                "name": "Evening about Rome",
                "client_id": client.id,
                "date_begin": start,
                "date_end": start + relativedelta(hours=8),
                **values,
            }
        )

    @classmethod
    def registration(cls, event, partner, **values):
        return cls.env["event.registration"].create(
            {"event_id": event.id, "partner_id": partner.id, **values}
        )

    def counts(self, client):
        client = client.with_user(self.reader)
        values = client._read_client_figures()[client.id]
        return tuple(
            values["event", key]["count"]
            for key in ("upcoming", "past", "registrations")
        )

    def test_events_are_ahead_or_past_and_bookings_are_those_kept(self):
        self.assertEqual(self.counts(self.family), (1, 1, 1))
        # with those of the contact of the school
        self.assertEqual(self.counts(self.school), (2, 2, 2))

    def test_cancelled_events_do_not_count(self):
        self.event(self.family, 30).kanban_state = "cancel"
        self.assertEqual(self.counts(self.family), (1, 1, 1))

    def test_registrations_are_on_the_timeline_under_their_event(self):
        page = self.as_reader(self.family).get_client_timeline(kinds=["registration"])
        [entry] = page["entries"]
        self.assertEqual(entry["title"], "Evening about Rome")
        self.assertEqual(entry["state"], "Registered")
        for text, found in (("Rome", 1), ("Paris", 0)):
            page = self.as_reader(self.family).get_client_timeline(
                kinds=["registration"], search=text
            )
            self.assertEqual(len(page["entries"]), found)

    def test_events_show_their_stage(self):
        page = self.as_reader(self.family).get_client_timeline(kinds=["event"])
        stages = self.env["event.stage"].search([]).mapped("name")
        for entry in page["entries"]:
            self.assertIn(entry["state"], stages)

    def test_new_event_is_for_the_client(self):
        action = self.as_reader(self.school).action_client_new_event()
        events = self.env["event.event"].with_user(self.reader)
        form = Form(events.with_context(**action["context"]))
        form.name = "Evening about Naples"
        form.date_begin = fields.Datetime.now()
        form.date_end = fields.Datetime.now() + relativedelta(hours=2)
        self.assertEqual(form.save().client_id, self.school)

    def test_registration_desk_sees_events_but_starts_none(self):
        desk = new_test_user(
            self.env,
            login="bridge_desk",
            groups="event.group_event_registration_desk,"
            "client_extension.group_client_user",
        )
        section = self.overview(self.school, desk)["event"]
        self.assertFalse(section["new"])
        self.assertEqual([f["count"] for f in section["figures"]], [2, 2, 2])
        with self.assertRaises(AccessError):
            self.school.with_user(desk).action_client_new_event()

    def test_event_and_client_are_of_the_same_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.family.company_id = other
        with self.assertRaises(UserError):
            self.event(self.family, company_id=self.company.id)
        event = self.event(self.family, company_id=other.id)
        with self.assertRaises(UserError):
            event.company_id = self.company

    def test_events_of_all_companies_count_those_of_another_do_not(self):
        before = self.counts(self.family)
        other = self.make_company()
        shared = self.event(self.family, company_id=False)
        self.registration(shared, self.family)
        others = self.event(self.family, company_id=other.id)
        self.registration(others, self.family)
        self.reader.company_ids += other
        allowed = (self.company | other).ids
        client = self.as_reader(self.family).with_context(allowed_company_ids=allowed)
        ahead, past, booked = before
        self.assertEqual(self.counts(client), (ahead + 1, past, booked + 1))

    def test_an_event_of_all_companies_takes_any_client(self):
        self.assertTrue(self.event(self.school, company_id=False))

    def test_who_is_no_employee_does_not_learn_the_client(self):
        portal = new_test_user(
            self.env, login="bridge_portal", groups="base.group_portal"
        )
        names = self.env["event.event"].with_user(portal).fields_get()
        self.assertNotIn("client_id", names)

    def test_merging_clients_carries_the_events_over(self):
        kept = self.Partner.create({"name": "Lefèvre", "client_status": "client"})
        events = self.env["event.event"].search([("client_id", "=", self.family.id)])
        bookings = self.env["event.registration"].search(
            [("partner_id", "=", self.family.id)]
        )
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.family | kept).ids, kept
        )
        self.assertFalse(self.family.exists())
        self.assertEqual(events.client_id, kept)
        self.assertEqual(bookings.partner_id, kept)
        self.assertEqual(self.counts(kept), (1, 1, 1))
