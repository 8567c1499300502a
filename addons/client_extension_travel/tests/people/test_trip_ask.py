from markupsafe import Markup

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import format_date, mute_logger

from odoo.addons.mail.tests.common import MailCase

from .test_trip_missing import MissingCase


@tagged("post_install", "-at_install")
class TestTripAsk(MailCase, MissingCase):
    """Those concerned are asked by email for what is missing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.desk.email = "desk@example.com"
        cls.keeper.email = "keeper@example.com"
        cls.ann.email = "ann@example.com"
        cls.school.email = "school@example.com"
        cls.bob = cls.person("Bob Traveler", email="bob@example.com")
        cls.tim = cls.person("Tim Traveler", age_group="child")
        cls.tim.email = "tim@example.com"
        cls.eve = cls.person("Eve Traveler")
        for person in (cls.ann, cls.bob, cls.tim, cls.eve):
            traveller = cls.identity(person, birth_date="1980-04-02")
            cls.passport(traveller, cls.day(30))

    @classmethod
    def person(cls, name, email=False, **values):
        """:return: a person who takes part in the trip"""
        person = cls.participant(cls.abroad, name, **values).contact_id
        person.email = email
        return person

    def send(self, user=None):
        """Open the composer as a user does, and send"""
        self.env.flush_all()
        self.env.invalidate_all()
        trip = self.abroad.with_user(user or self.desk)
        action = trip.action_ask_missing()
        composers = self.env[action["res_model"]].with_user(user or self.desk)
        form = Form(composers.with_context(**action["context"]))
        with self.mock_mail_gateway(mail_unlink_sent=True):
            form.save()._action_send_mail()
        return {mail["email_to"][0]: mail for mail in self._mails}

    def test_each_person_is_asked_for_what_is_missing_of_it(self):
        mails = self.send()
        self.assertEqual(
            set(mails),
            {'"Ann Traveler" <ann@example.com>', '"Bob Traveler" <bob@example.com>'},
        )
        of_bob = mails['"Bob Traveler" <bob@example.com>']
        self.assertIn("Bob Traveler", of_bob["body"])
        self.assertIn("Nationality missing", of_bob["body"])
        self.assertIn(self.abroad.name, of_bob["body"])
        self.assertIn(format_date(self.env, self.abroad.date_to), of_bob["body"])
        for other in ("Ann", "Tim", "Eve", "No room"):
            self.assertNotIn(other, of_bob["body"])
        # The leader is asked for the child, and for whoever has no address.
        of_ann = mails['"Ann Traveler" <ann@example.com>']
        for name in ("Ann", "Tim", "Eve"):
            self.assertIn(f"{name} Traveler", of_ann["body"])
        self.assertNotIn("Bob", of_ann["body"])

    def test_no_mail_tells_a_value_and_none_is_kept(self):
        for user in (self.desk, self.keeper, self.env.ref("base.user_admin")):
            before = self.env["mail.message"].search([], order="id DESC", limit=1).id
            mails = self.send(user)
            self.assertEqual(len(mails), 2)
            values = ("1980", "SECRET", format_date(self.env, self.day(30)))
            for mail in mails.values():
                for value in values:
                    self.assertNotIn(value, mail["body"] + mail["subject"])
            self.assertFalse(self._new_mails.exists())
            kept = self.env["mail.message"].search([("id", ">", before)])
            self.assertEqual(set(kept.mapped("model")), {"client.trip"})

    def test_the_log_says_to_whom_and_how_many(self):
        before = self.abroad.message_ids
        self.send()
        note = self.abroad.message_ids - before
        self.assertEqual(len(note), 1)
        self.assertIn("(2)", note.body)
        self.assertIn("Ann Traveler", note.body)
        self.assertNotIn("1980", note.body)

    def test_people_of_one_address_get_one_mail(self):
        self.bob.email = "Ann@Example.com"
        mails = self.send()
        self.assertEqual(len(mails), 1)
        [mail] = mails.values()
        for name in ("Ann", "Bob", "Tim", "Eve"):
            self.assertIn(f"{name} Traveler", mail["body"])

    def test_the_client_is_asked_where_no_leader_can_be(self):
        self.ann.email = False
        mails = self.send()
        [of_school] = [mail for to, mail in mails.items() if "school@" in to]
        for name in ("Ann", "Tim", "Eve"):
            self.assertIn(f"{name} Traveler", of_school["body"])

    def test_the_client_is_asked_for_the_names_of_a_trip_without_participants(self):
        self.abroad.participant_ids.unlink()
        [mail] = self.send().values()
        self.assertIn("school@", mail["email_to"][0])
        self.assertIn("No participants entered", mail["body"])

    def test_who_has_no_address_at_all_is_named_in_the_log(self):
        self.ann.email = self.school.email = False
        before = self.abroad.message_ids
        self.assertEqual(len(self.send()), 1)
        note = (self.abroad.message_ids - before).body
        self.assertIn("Without an email address: Ann Traveler", note)
        self.bob.email = False
        with self.assertRaises(UserError):
            self.send()

    def test_nothing_is_asked_when_nothing_is_missing(self):
        self.kind.write({"need_nationality": "no", "need_paper": "no"})
        self.env.flush_all()
        self.env.invalidate_all()
        trip = self.as_desk(self.abroad)
        # The room is not theirs to give.
        self.assertEqual({one["code"] for one in trip._get_missing("leave")}, {"room"})
        self.assertFalse(trip.missing_asked)
        with self.assertRaises(UserError):
            trip.action_ask_missing()

    def test_a_mail_is_in_the_language_of_who_gets_it(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.ann.lang = "fr_FR"
        template = self.env.ref("client_extension_travel.mail_template_missing")
        body = template.body_html.replace("Please reply", "Veuillez")
        template.with_context(lang="fr_FR").body_html = Markup(body)
        mails = self.send()
        self.assertIn("Veuillez", mails['"Ann Traveler" <ann@example.com>']["body"])
        self.assertNotIn("Veuillez", mails['"Bob Traveler" <bob@example.com>']["body"])

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.models")
    def test_who_may_not_change_the_trip_asks_nobody(self):
        for name in ("accountant", "user", "portal"):
            with self.assertRaises(AccessError):
                self.abroad.with_user(self.users[name]).action_ask_missing()

    @mute_logger("odoo.models")
    def test_nobody_asks_about_a_trip_or_a_person_that_is_not_shown(self):
        unit = self.env["client.business.unit"].create(
            {"name": "Closed", "members_only": True, "company_id": False}
        )
        values = {"client_status": "client", "client_business_unit_id": unit.id}
        hidden = self.Partner.create({"name": "Hidden", **values})
        closed = self.trip(hidden, kind_id=self.kind.id)
        of_hidden = self.participant(self.abroad)
        of_hidden.contact_id = hidden
        recipients = self.env["client.trip.missing.recipient"].with_user(self.desk)
        mine = {"trip_id": self.abroad.id, "partner_id": self.desk.partner_id.id}
        self.env.flush_all()
        self.env.invalidate_all()
        for forged in (
            {**mine, "trip_id": closed.id},
            {**mine, "participant_ids": of_hidden.ids},
            {**mine, "partner_id": hidden.id},
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                recipients.create(forged)
        self.assertNotIn("Hidden", str([mail["body"] for mail in self.send().values()]))

    @mute_logger("odoo.addons.mail.models.mail_render_mixin", "odoo.models")
    def test_whom_another_user_asks_is_not_read(self):
        self.as_desk(self.abroad).action_ask_missing()
        found = self.env["client.trip.missing.recipient"].search(
            [("trip_id", "=", self.abroad.id)]
        )
        self.assertTrue(found)
        self.assertFalse(found.with_user(self.head).search([("id", "in", found.ids)]))
        self.assertEqual(self.as_desk(found).search([("id", "in", found.ids)]), found)

    def test_a_person_of_another_company_keeps_nobody_else_from_being_asked(self):
        self.bob.company_id = self.school.company_id = self.make_company()
        mails = self.send()
        self.assertEqual(set(mails), {'"Ann Traveler" <ann@example.com>'})
        self.assertNotIn("Bob", str([mail["body"] for mail in mails.values()]))

    def test_a_template_of_an_editor_reads_no_identity(self):
        self.desk.group_ids += self.env.ref("mail.group_mail_template_editor")
        inside = "object.env['client.traveller'].search([]).mapped('birth_date')"
        render = self.env["mail.render.mixin"].with_user(self.desk)

        def show(expression):
            source = f'<p t-out="{expression}"/>'
            ids = self.abroad.ids
            return render._render_template(source, "client.trip", ids, engine="qweb")

        self.assertIn("leave", str(show("object._get_missing('leave')[0]['moment']")))
        self.assertIn(
            "[False]", str(show("[object._get_missing('leave')[0]['detail']]"))
        )
        with self.assertRaises(UserError) as refusal:
            show(inside)
        self.assertIn("client.traveller", str(refusal.exception))


@tagged("post_install", "-at_install", "client_tour")
class TestTripAskTour(MissingCase, HttpCase):
    """A travel user sees what is missing, and asks for it."""

    def test_what_is_missing_is_asked_for(self):
        self.desk.email = "desk@example.com"
        self.ann.email = "ann@example.com"
        url = f"/odoo/client-trips/{self.abroad.id}"
        self.start_tour(url, "client_trip_missing_tour", login="travel_desk")
        messages = self.abroad.message_ids.mapped("body")
        self.assertTrue([body for body in messages if "Ann Traveler" in body])
