from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common_lists import ListCase


@tagged("post_install", "-at_install", "client_tour")
class TestTripListsTour(ListCase, HttpCase):
    """A rooming list is sent, somebody changes, and the next list says so."""

    @mute_logger("odoo.http")
    def test_a_list_marks_what_changed_since_it_was_sent(self):
        self.desk.group_ids += self.env.ref("base.group_allow_export")
        url = f"/odoo/client-trips/{self.tour.id}"
        self.start_tour(url, "client_trip_lists_tour", login="travel_desk")
        sheet = self.sheet("rooming")
        marks = {row.values["name"]: row.sentence for row in sheet.rows if row.mark}
        self.assertEqual(marks, {"MARTIN Bob": "Changed: Remark"})
