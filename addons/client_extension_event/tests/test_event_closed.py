import unittest
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.client_extension.tests import common_closed


@tagged("post_install", "-at_install")
class TestEventClosed(common_closed.ClosedUnitCase):
    """Events for clients of closed units, and what they have booked."""

    groups = "event.group_event_user"
    allow_inherited_tests_method = True

    @classmethod
    def make_documents(cls, client):
        start = fields.Datetime.now() + timedelta(days=9)
        values = {"date_begin": start, "date_end": start + timedelta(hours=2)}
        events = cls.env["event.event"]
        event = events.create({"name": "Rome", "client_id": client.id, **values})
        other = events.create({"name": "Open evening", **values})
        booking = {"event_id": other.id, "partner_id": client.id}
        return [event, cls.env["event.registration"].create(booking)]

    def test_an_event_without_a_client_stays(self):
        self.close()
        event = self.hidden[self.client][1].event_id
        self.assertTrue(self.sees(self.outsider, event))


@tagged("post_install", "-at_install")
class TestEventSaleClosed(common_closed.ClosedUnitCase):
    """The sales of events to clients of closed units, where they are installed."""

    groups = "event.group_event_manager"
    reports = ("event.sale.report",)
    allow_inherited_tests_method = True

    @classmethod
    def make_documents(cls, client):
        if "event.sale.report" not in cls.env:
            raise unittest.SkipTest("sales of events are not installed")
        start = fields.Datetime.now() + timedelta(days=9)
        values = {"date_begin": start, "date_end": start + timedelta(hours=2)}
        event = cls.env["event.event"].create({"name": "Open evening", **values})
        booking = {"event_id": event.id, "partner_id": client.id}
        cls.env["event.registration"].create(booking)
        cls.env.flush_all()
        report = cls.env["event.sale.report"]
        return [report.search([("event_id", "=", event.id)])]
