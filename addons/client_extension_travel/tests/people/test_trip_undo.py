from odoo.tests import tagged

from odoo.addons.client_extension.tests.common_undo import UndoCase

from ..common import TripCase


@tagged("post_install", "-at_install")
class TestTripUndo(UndoCase, TripCase):
    """An undo of an import keeps who has a part in a trip by now."""

    def test_who_travels_is_archived_and_not_deleted(self):
        rows = "".join(f"V{i};Client {i}\n" for i in range(7))
        record = self.run_import("reference;name\n" + rows)
        booked, goes, papers, drives, keeps, bound, free = (
            self.client(f"V{i}") for i in range(7)
        )
        trip = self.trip(booked)
        line = self.participant(trip)
        line.contact_id = goes
        traveller = self.env["client.traveller"].create(
            {"person_id": papers.id, "needs": "No nuts"}
        )
        car = self.env["client.vehicle"].create(
            {"client_id": drives.id, "plate": "AB-1"}
        )
        dog = self.env["client.animal"].create({"client_id": keeps.id, "name": "Rex"})
        goes.message_subscribe(bound.ids)
        record.undo()
        self.assertEqual(record.state, "undone")
        found = {label: reason for label, _outcome, reason in self.outcomes(record)}
        self.assertEqual(found, {f"Client {i} [V{i}]": "used" for i in range(6)})
        self.assertFalse(free.exists())
        self.assertEqual(line.contact_id, goes)
        for kept in (trip, traveller, car, dog):
            self.assertTrue(kept.exists())
