import json
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import MailCase

from .common_lists import ListCase


@tagged("post_install", "-at_install")
class TestTripListSent(MailCase, ListCase):
    """What a list marks after it was sent, and what is kept of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hotel = cls.Partner.create({"name": "Hotel", "email": "hotel@example.com"})

    def dialog(self, kind="rooming", user=None, **values):
        wizards = self.env["client.trip.list"].with_user(user or self.desk)
        return wizards.create(
            {"trip_id": self.tour.id, "kind": kind, "lang": "en_US", **values}
        )

    def marks(self, kind="rooming", user=None):
        """:return: dict name -> sentence, of the rows with a mark"""
        sheet = self.sheet(kind, user=user)
        return {row.values["name"]: row.sentence for row in sheet.rows if row.mark}

    def test_nothing_is_marked_before_a_list_is_sent(self):
        self.assertEqual(self.marks(), {})
        self.assertFalse(self.dialog().sent_notice)
        self.assertNotIn("change", next(self.sheet("rooming").iter_rows()))

    def test_new_changed_and_gone_are_marked(self):
        self.dialog().action_mark_sent()
        self.assertEqual(self.marks(), {})
        self.participant(self.tour, "New Comer")
        self.bob.room_id = self.single
        self.ann.state = "cancelled"
        self.waiting.state = "registered"
        self.eve.unlink()
        changed = "Changed: Room, Kind of Room, Beds"
        self.assertEqual(
            self.marks(),
            {
                "COMER New": "New",
                "WAITING Wim": "New",
                "MARTIN Bob": changed,
                "MARTIN Ann": "Gone",
            },
        )
        notice = self.dialog().sent_notice
        self.assertIn("new 2, changed 1, gone 2.", notice)
        rows = {row[4]: row[-1] for row in self.sheet("rooming").iter_rows()}
        self.assertEqual(rows["name"], "change")
        self.assertEqual(rows["MARTIN Bob"], changed)
        page = self.html("client_trip_rooming_list", self.tour, self.desk)
        self.assertIn("No Longer Taking Part", page)
        self.assertRegex(page, r"<s>\s*<bdi[^>]*>MARTIN Ann")
        self.assertEqual(len(self.sheet("rooming", with_marks=False).rows), 4)

    def test_each_list_has_its_own_marks_whatever_its_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.dialog("passenger", user=self.keeper).action_mark_sent()
        self.bob.room_id = self.single
        self.assertEqual(self.marks("passenger", user=self.keeper), {})
        french = self.tour.with_user(self.keeper)._get_list("passenger", lang="fr_FR")
        self.assertFalse([row for row in french.rows if row.mark])
        self.assertEqual(self.marks(), {})
        self.traveller.birth_date = "1980-04-03"
        self.assertEqual(
            self.marks("passenger", user=self.keeper),
            {"MARTIN Ann": "Changed: Birth Date"},
        )

    def test_somebody_unnamed_is_not_changed_in_another_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        ages = self.env["ir.model.fields"]._get("client.trip.participant", "age_group")
        child = ages.selection_ids.filtered(lambda one: one.value == "child")
        child.with_context(lang="fr_FR").name = "Enfant"
        self.participant(self.tour, age_group="child")
        self.dialog().action_mark_sent()
        french = self.tour.with_user(self.desk)._get_list("rooming", lang="fr_FR")
        self.assertIn("Enfant", self.column(french, "name"))
        self.assertFalse([row.sentence for row in french.rows if row.mark])

    def test_a_column_that_was_not_sent_says_nothing(self):
        self.dialog().action_mark_sent()
        kept = self.tour.sent_lists
        for row in kept["rooming"]["rows"].values():
            row.pop("remark")
        self.tour.sent_lists = kept
        self.ann.remark = "Other"
        self.assertEqual(self.marks(), {})

    def test_only_keyed_hashes_are_kept(self):
        self.dialog("passenger", user=self.keeper).action_mark_sent()
        kept = self.tour.sent_lists["passenger"]
        text = json.dumps(kept)
        self.assertNoSecret(text.replace(kept["at"], ""))
        self.assertNotIn("MARTIN", text)
        rows = kept["rows"]
        self.assertEqual(
            set(map(int, rows)),
            set(self.tour.participant_ids.ids) - {self.waiting.id, self.cancelled.id},
        )
        # The same text is another hash for somebody else.
        ours = [rows[str(one.id)]["birth_date"] for one in (self.bob, self.eve)]
        self.assertNotEqual(*ours)
        self.env["ir.config_parameter"].set_param("database.secret", "another")
        sheet = self.sheet("passenger", user=self.keeper)
        self.assertEqual({row.mark for row in sheet.rows}, {"changed"})

    def test_nothing_is_kept_of_an_identity_that_is_deleted(self):
        other = self.env["client.traveller"].create(
            {"person_id": self.bob.contact_id.id, "birth_date": "1990-01-01"}
        )
        self.dialog("passenger", user=self.keeper).action_mark_sent()
        self.dialog().action_mark_sent()
        self.traveller.with_user(self.keeper).unlink()
        kept = self.tour.sent_lists
        self.assertEqual(kept["passenger"]["rows"][str(self.ann.id)], {})
        self.assertIn("birth_date", kept["passenger"]["rows"][str(self.bob.id)])
        self.assertIn("name", kept["rooming"]["rows"][str(self.ann.id)])
        # Ann is still on the list, and no comparison tells of her.
        self.assertEqual(self.marks("passenger", user=self.keeper), {})
        other._forget()
        rows = self.tour.sent_lists["passenger"]["rows"]
        self.assertEqual(rows[str(self.bob.id)], {})

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_model")
    def test_nobody_reads_or_writes_what_is_kept(self):
        for user in (self.desk, self.head, self.keeper):
            own = self.tour.with_user(user)
            self.assertNotIn("sent_lists", own.fields_get())
            for call in (
                lambda own=own: own.read(["sent_lists"]),
                lambda own=own: own.write({"sent_lists": {}}),
                lambda own=own: own.search([("sent_lists", "!=", False)]),
            ):
                with self.assertRaises(AccessError):
                    call()
        self.assertFalse(self.tour.copy().sent_lists)

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_model")
    def test_who_only_reads_trips_marks_nothing_as_sent(self):
        for name in ("accountant", "employee"):
            with self.assertRaises(AccessError):
                self.tour.with_user(self.users[name])._keep_sent_list("rooming")

    # The email

    def test_a_list_is_sent_and_neither_email_nor_file_is_kept(self):
        messages = self.tour.message_ids
        newest = {
            # By its id, so that Odoo counts the files of fields too.
            model: self.env[model].search([("id", ">", 0)], order="id DESC", limit=1).id
            for model in ("ir.attachment", "mail.mail", "mail.message")
        }
        wizard = self.dialog("passenger", user=self.keeper, partner_ids=self.hotel.ids)
        with (
            self.mock_mail_gateway(mail_unlink_sent=True),
            self.mute_pdf(b"XK-77 1980"),
        ):
            wizard.action_send()
        (mail,) = self._mails
        self.assertEqual(mail["email_to"], ['"Hotel" <hotel@example.com>'])
        self.assertEqual(mail["subject"], f"Passenger List {self.tour.name}")
        (name, content, _kind) = mail["attachments"][0]
        self.assertEqual(name, f"{self.tour.name} passengers.pdf")
        self.assertEqual(content, b"XK-77 1980")
        log = self.tour.message_ids - messages
        self.assertEqual(len(log), 1)
        self.assertIn("Passenger List: sent to Hotel. People: 4.", log.body)
        self.assertFalse(log.attachment_ids)
        for model, last in newest.items():
            left = self.env[model].search([("id", ">", last)])
            if model == "ir.attachment":
                left = left.filtered(lambda one: "image" not in one.name)
            self.assertEqual(left, log if model == "mail.message" else left[:0])
        self.assertTrue(self.sheet("passenger", user=self.keeper).notices)

    def mute_pdf(self, content):
        """The PDF of a report is these bytes"""
        reports = type(self.env["ir.actions.report"])
        return patch.object(
            reports, "_render_qweb_pdf", lambda *_args, **_kw: (content, "pdf")
        )

    def test_the_email_says_that_changes_are_marked_where_they_are(self):
        self.dialog().action_mark_sent()
        self.assertIn("are marked", self.dialog().body)
        self.assertNotIn("are marked", self.dialog(with_marks=False).body)

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_rule")
    def test_a_dialog_tells_nothing_of_a_trip_that_is_not_shown(self):
        hidden = self.trip(company_id=self.make_company().id, user_id=False)
        values = {"trip_id": hidden.id, "kind": "rooming", "lang": "en_US"}
        own = self.dialog(subject="x", body="x")
        self.env.flush_all()
        self.env.invalidate_all()
        wizards = own.browse()
        spec = {"subject": {}, "body": {}}
        for call in (
            lambda: wizards.create(values),
            lambda: wizards.create({**values, "subject": "x", "body": "x"}),
            lambda: own.write({"trip_id": hidden.id}),
            lambda: wizards.onchange(values, ["trip_id"], spec),
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                call()

    def test_it_needs_recipients_with_an_address(self):
        with self.assertRaises(UserError):
            self.dialog().action_send()
        nobody = self.Partner.create({"name": "Nobody"})
        with self.assertRaises(UserError) as refusal:
            self.dialog(partner_ids=nobody.ids).action_send()
        self.assertIn("Nobody", str(refusal.exception))
        self.assertFalse(self.tour.sent_lists)

    @mute_logger("odoo.addons.mail.models.mail_mail")
    def test_an_email_that_fails_marks_nothing(self):
        wizard = self.dialog(partner_ids=self.hotel.ids)

        with (
            self.mock_mail_gateway(),
            patch.object(
                type(self.env["ir.mail_server"]),
                "_connect__",
                side_effect=OSError("no server"),
            ),
            self.mute_pdf(b"x"),
            self.assertRaises(UserError),
            self.env.cr.savepoint(),
        ):
            wizard.action_send()
        self.assertFalse(self.tour.sent_lists)
