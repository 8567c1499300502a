import io

from PyPDF2 import PdfReader

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from ..letter_layout.sheet import ENVELOPES, SENDER, SHEETS
from .test_letter_pdf import glyphs
from .test_letter_run import RunCase

MM = 25.4 / 72


@tagged("post_install", "-at_install")
class TestAddressPrint(RunCase):
    """Addresses on labels and envelopes; positions are read from the PDF, in mm."""

    @classmethod
    def dialog(cls, clients, user="user", **values):
        """:return: the dialog of a user who selected some clients"""
        return (
            cls.env["client.address.print"]
            .with_user(cls.users.get(user) or user)
            .with_context(active_model="res.partner", active_ids=clients.ids)
            .create(values)
        )

    def pages(self, dialog):
        """:return: list of the pages of the PDF of a dialog"""
        action = dialog.action_print()
        reports = dialog.env["ir.actions.report"].with_context(
            force_report_rendering=True
        )
        content, kind = reports._render_qweb_pdf(action["report_name"], dialog.ids)
        self.assertEqual(kind, "pdf")
        return PdfReader(io.BytesIO(content)).pages

    def text(self, page):
        return " ".join(page.extract_text().split())

    def assert_block(self, page, left, top, size):
        """A block of text starts at this place, with letters of some points."""
        foot = top + size * MM * (0.6 + 0.35)
        inside = [
            (x, y)
            for x, y in glyphs(page)
            if left - 2 < x < left + 30 and top - 2 < y < top + 10
        ]
        self.assertTrue(inside)
        self.assertAlmostEqual(min(x for x, _y in inside), left, delta=1)
        self.assertAlmostEqual(min(y for _x, y in inside), foot, delta=1)

    def test_labels_are_on_their_place_on_sheets_of_every_maker(self):
        zoe = self.zoe.copy({"name": "Ab"})
        clients = zoe | self.zoe | self.xavier
        for key in ("avery_l7160", "avery_l7651", "zweckform_3474", "herma_4625"):
            with self.subTest(key):
                sheet = SHEETS[key]
                dialog = self.dialog(clients, sheet=key, first_label=2)
                [page] = self.pages(dialog)
                size = sheet.font_size(dialog._get_addresses()[0])
                for number in (1, 2, 3):
                    left, top = sheet.place(number)
                    self.assert_block(
                        page, left + sheet.padding, top + sheet.padding, size
                    )

    def test_own_numbers_start_at_the_first_free_label_and_go_on(self):
        numbers = {
            "columns": 2,
            "rows": 2,
            "width": 90,
            "height": 60,
            "left": 12,
            "top": 33,
            "pitch_x": 95,
            "pitch_y": 70,
        }
        dialog = self.dialog(
            self.zoe | self.xavier, sheet="custom", first_label=4, **numbers
        )
        first, second = self.pages(dialog)
        self.assert_block(first, 12 + 95 + 3, 33 + 70 + 3, 10)
        self.assert_block(second, 12 + 3, 33 + 3, 10)
        self.assertIn("Xavier", self.text(first))
        self.assertIn("Zoé", self.text(second))
        # Proposed again to this user, and to nobody else.
        again = self.dialog(self.zoe)
        self.assertEqual((again.sheet, again.pitch_y), ("custom", 70))
        self.assertEqual(self.dialog(self.zoe, "manager").sheet, "avery_l7160")

    def test_the_offset_of_the_printer_moves_labels(self):
        self.company.write({"client_letter_offset_x": 4, "client_letter_offset_y": 3})
        sheet = SHEETS["avery_l7160"]
        [page] = self.pages(self.dialog(self.zoe))
        left, top = sheet.place(0)
        self.assert_block(page, left + 3 + 4, top + 3 + 3, 10)

    def test_addresses_are_on_their_place_on_every_envelope(self):
        for key, envelope in ENVELOPES.items():
            with self.subTest(key):
                dialog = self.dialog(
                    self.zoe | self.yves, kind="envelopes", envelope=key
                )
                pages = self.pages(dialog)
                self.assertEqual(len(pages), 2)
                for page in pages:
                    width, height = (
                        float(page.mediabox.width) * MM,
                        float(page.mediabox.height) * MM,
                    )
                    self.assertAlmostEqual(width, envelope.width, delta=1)
                    self.assertAlmostEqual(height, envelope.height, delta=1)
                    self.assert_block(page, envelope.left, envelope.top, 11)
                    self.assert_block(page, *SENDER, 8)
                    self.assertIn(self.company.name, self.text(page))
                self.assertIn("BELGI", self.text(pages[0]).upper())

    def test_the_sender_can_be_left_to_the_envelope(self):
        dialog = self.dialog(self.zoe, kind="envelopes", print_sender=False)
        [page] = self.pages(dialog)
        self.assertNotIn(self.company.name, self.text(page))

    def test_the_addresses_of_a_run_are_in_its_order(self):
        run = self.run_of(self.clients)
        dialog = self.dialog(self.Partner, run_id=run.id)
        names = [lines[0] for lines in dialog._get_addresses()]
        self.assertEqual(names, ["Xavier", "Zoé", "Yves", "Ulysse"])
        self.assertIn("Addresses: 4", dialog.note)
        other = new_test_user(
            self.env, "labels_two", "client_extension.group_client_user"
        )
        with self.assertRaises(AccessError):
            self.dialog(self.Partner, other, run_id=run.id).action_print()

    def test_who_has_no_address_or_objects_is_left_out_and_counted(self):
        dialog = self.dialog(self.clients)
        self.assertEqual(len(dialog._get_addresses()), 4)
        self.assertIn("object to mailings: 2", dialog.note)
        self.assertEqual(len(self.dialog(self.victor)._get_addresses()), 1)
        with self.assertRaises(UserError):
            self.dialog(self.willy).action_print()

    def test_contacts_by_role(self):
        person = self.Partner.create({"name": "Anna", "city": "Paris"})
        self.line(self.zoe, contact_id=person.id, role_ids=[(4, self.accounting.id)])
        dialog = self.dialog(self.zoe | self.yves, role_id=self.accounting.id)
        names = [lines[0] for lines in dialog._get_addresses()]
        self.assertEqual(names, ["Yves", "Anna"])

    def test_sheets_that_cannot_be_are_refused(self):
        for values in (
            {"first_label": 22},
            {"first_label": 0},
            {"sheet": "custom", "columns": 9},
            {"sheet": "custom", "rows": 0},
        ):
            with self.assertRaises(ValidationError):
                self.dialog(self.zoe, **values)

    def test_labels_are_for_users_of_the_app_and_show_what_they_may_see(self):
        for name in ("employee", "accountant"):
            with self.assertRaises(AccessError):
                self.dialog(self.zoe, name)
        self.agency.members_only = True
        self.zoe.client_business_unit_id = self.agency
        self.env.invalidate_all()
        dialog = self.dialog(self.zoe | self.yves)
        self.assertEqual(len(dialog._get_addresses()), 1)
        other = new_test_user(
            self.env, "labels_own", "client_extension.group_client_user"
        )
        with self.assertRaises(AccessError):
            dialog.with_user(other).action_print()
