import io

from PyPDF2 import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.client_extension_letter.tests.common import LetterCase
from odoo.addons.client_extension_letter.tests.test_letter_pdf import BASELINE, glyphs

from ..models.res_company import POST_WINDOW


@tagged("post_install", "-at_install")
class TestPost(LetterCase):
    """A plain user sends a letter by Odoo's post."""

    def post(self, letter):
        """:return: the ``snailmail.letter`` of a letter that was posted"""
        letter.with_context(force_report_rendering=True).action_post()
        return self.env["snailmail.letter"].search(
            [("client_letter_id", "=", letter.id)]
        )

    def pages(self, mail):
        return PdfReader(io.BytesIO(mail.attachment_id.raw)).pages

    def test_a_letter_is_handed_to_the_post_with_its_address_in_the_window(self):
        self.company.snailmail_cover = False
        letter = self.letter()
        mail = self.post(letter)
        self.assertEqual(letter.state, "posted")
        self.assertIn("69002 LYON", letter.address)
        self.assertEqual((mail.state, mail.partner_id), ("pending", self.family))
        [page] = self.pages(mail)
        places = glyphs(page)
        near = min(
            places,
            key=lambda place: (
                abs(place[0] - POST_WINDOW.text_left)
                + abs(place[1] - POST_WINDOW.text_top - BASELINE)
            ),
        )
        self.assertAlmostEqual(near[0], POST_WINDOW.text_left, delta=1)
        self.assertAlmostEqual(near[1], POST_WINDOW.text_top + BASELINE, delta=1)
        self.assertIn("reference T-0001", " ".join(page.extract_text().split()))
        with self.assertRaises(UserError):
            letter.action_post()

    def test_the_cover_page_of_the_company_comes_first(self):
        self.company.write({"snailmail_cover": True, "snailmail_duplex": False})
        mail = self.post(self.letter())
        cover, page = self.pages(mail)
        self.assertIn("69002", cover.extract_text())
        self.assertIn("T-0001", page.extract_text())

    def test_a_letter_that_was_printed_is_posted_as_it_was(self):
        letter = self.letter()
        letter.action_print()
        self.family.name = "Famille Martin"
        mail = self.post(letter)
        text = " ".join(self.pages(mail)[-1].extract_text().split())
        self.assertIn("Famille Lef", text)
        self.assertNotIn("Martin", text)

    def test_an_address_that_is_not_complete_is_refused(self):
        letter = self.letter()
        self.family.zip = False
        with self.assertRaises(UserError):
            letter.action_post()
        self.assertEqual(letter.state, "draft")

    def test_only_users_of_the_app_post_letters(self):
        letter = self.letter()
        for name in ("accountant", "employee"):
            with self.assertRaises(AccessError):
                letter.with_user(self.users[name]).action_post()

    def test_a_whole_mail_merge_is_posted(self):
        clients = self.Partner.create(
            [
                {
                    "name": f"Post {name}",
                    "street": "1 rue A",
                    "zip": name != "C" and "69001",
                    "city": "Lyon",
                    "country_id": self.france.id,
                    "client_status": "client",
                }
                for name in "ABC"
            ]
        )
        wizards = self.env["client.letter.run.wizard"].with_user(self.users["user"])
        action = (
            wizards.with_context(active_model="res.partner", active_ids=clients.ids)
            .create({"template_id": self.template.id})
            .action_write()
        )
        run = wizards.env["client.letter.run"].browse(action["res_id"])
        said = run.action_post()["params"]["message"]
        self.assertEqual(said.count(": 2"), 1)
        self.assertEqual(said.count(": 1"), 1)
        posted = run.letter_ids.filtered(lambda letter: letter.state == "posted")
        self.assertEqual(posted.client_id, clients[:2])
        self.assertTrue(all(posted.mapped("address")))
        mails = self.env["snailmail.letter"].search(
            [("client_letter_id", "in", run.letter_ids.ids)]
        )
        self.assertEqual(mails.partner_id, clients[:2])
        self.assertEqual(set(mails.mapped("state")), {"pending"})
        self.assertEqual((run.done_count, run.draft_count), (2, 1))
        # What Odoo's scheduled action prints of each.
        mails[0].with_context(force_report_rendering=True)._fetch_attachment()
        text = " ".join(self.pages(mails[0])[-1].extract_text().split())
        reference = clients[0].ref or "none"
        self.assertIn(f"To Post A, reference {reference}", text)
        with self.assertRaises(UserError):
            run.action_post()
        for name in ("accountant", "employee"):
            with self.assertRaises(AccessError):
                run.with_user(self.users[name]).action_post()

    def test_posted_letters_are_counted_as_done(self):
        letter = self.letter()
        letter.sudo().state = "posted"
        figures = {
            one.key: one
            for one in self.Partner._get_client_figures()
            if one.section == "letter"
        }
        self.assertTrue(letter.filtered_domain(figures["done"].domain))
