from ast import literal_eval

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from ..common import ContactCase

ROLES = ("user", "importer", "manager", "accountant", "employee")


@tagged("post_install", "-at_install", "client_neighbours")
class TestContactViews(ContactCase):
    """The screens of contacts: lists, filters, mailing, rights."""

    def found(self, name, model="client.contact", user="user"):
        """:return: what a filter of the search view of contacts or clients finds"""
        xml_id = {
            "client.contact": "client_contact_view_search",
            "res.partner": "res_partner_view_search",
        }[model]
        records = self.env[model].with_user(self.users[user])
        view_id = self.env.ref(f"client_extension.{xml_id}").id
        arch = records.get_view(view_id, "search")["arch"]
        domain = arch.split(f'name="{name}"')[1].split('domain="')[1].split('"')[0]
        ours = (self.school | self.family).ids
        side = "client_id" if model == "client.contact" else "id"
        domain = safe_eval(domain, {"uid": records.env.uid})
        return records.search([(side, "in", ours), *domain])

    def test_every_view_opens_for_every_role(self):
        views = [(False, "list"), (False, "kanban"), (False, "form"), (False, "search")]
        for user in ROLES:
            with self.subTest(user):
                lines = self.Line.with_user(self.users[user])
                self.assertEqual(len(lines.get_views(views)["views"]), 4)

    def test_the_form_of_a_client_shows_its_contacts_to_every_role(self):
        view_id = self.env.ref("client_extension.res_partner_view_form").id
        for user in ROLES:
            arch = self.as_user(user).get_view(view_id, "form")["arch"]
            self.assertIn("client_contact_ids", arch, user)
            shown = user != "employee"
            self.assertEqual("action_client_of" in arch, shown, user)

    def test_a_client_and_its_contact_are_typed_in_one_form(self):
        clients = self.as_user("user").with_context(default_client_status="prospect")
        form = Form(clients, "client_extension.res_partner_view_form")
        form.company_type = "company"
        form.name = "Lycée Zed"
        with form.client_contact_ids.new() as line:
            line.first_name = "Anne"
            line.last_name = "Zed"
            line.email = "anne.zed@example.com"
            line.phone = "+33 4 78 00 00 09"
        client = form.save()
        person = client.client_contact_ids.contact_id
        self.assertEqual(person.name, "Anne Zed")
        self.assertEqual(person.email, "anne.zed@example.com")

    def test_choosing_a_person_shows_what_is_known_of_them(self):
        anne = self.Partner.create(
            {"name": "Anne Roux", "email": "a@example.com", "mobile": "+33612345678"}
        )
        lines = self.Line.with_user(self.users["user"])
        with Form(lines.with_context(default_client_id=self.family.id)) as form:
            form.last_name = "Rou"
            form.contact_id = anne
            self.assertEqual(form.first_name, "Anne")
            self.assertEqual(form.last_name, "Roux")
            self.assertEqual(form.email, "a@example.com")
        self.assertEqual(anne.name, "Anne Roux")
        self.assertEqual(anne.mobile, "+33612345678")

    def test_a_person_is_typed_by_parts_in_the_form_of_a_client(self):
        self.needs_own_parts()
        with Form(
            self.as_user("user"), "client_extension.res_partner_view_form"
        ) as form:
            form.client_first_name = "Anne"
            form.client_last_name = "de la Tour"
            self.assertEqual(form.name, "Anne de la Tour")
        self.assertEqual(form.record.client_last_name, "de la Tour")

    def test_escorts_of_active_clients(self):
        escort = self.line(self.school, last_name="A", role_ids=self.escort.ids)
        self.line(self.school, last_name="B", role_ids=self.traveller.ids)
        self.line(self.family, last_name="C", role_ids=self.escort.ids)
        escorts = self.Line.search([("role_ids", "=", self.escort.id)])
        found = self.found("filter_client") & self.found("filter_current") & escorts
        self.assertEqual(found, escort)
        self.school.active = False
        self.assertNotIn(escort, self.found("filter_current"))

    def test_filters_of_contacts(self):
        main = self.line(
            self.school, last_name="A", email="a@x.com", role_ids=self.accounting.ids
        )
        ended = self.line(self.school, last_name="B", date_end="2020-01-01")
        quotes = self.line(self.family, last_name="C", role_ids=self.trip_manager.ids)
        self.family.user_id = self.users["user"]
        for name, lines in (
            ("filter_current", main | quotes),
            ("filter_ended", ended),
            ("filter_main", main | quotes),
            ("filter_prospect", quotes),
            ("filter_mine", quotes),
            ("filter_gets_invoices", main),
            ("filter_gets_quotes", quotes),
            ("filter_no_role", ended),
            ("filter_no_email", ended | quotes),
        ):
            with self.subTest(name):
                self.assertEqual(self.found(name), lines)

    def test_filters_of_clients(self):
        line = self.line(
            self.school, last_name="A", email="a@x.com", role_ids=self.accounting.ids
        )
        for name in ("filter_no_accounting_contact", "filter_no_main_contact"):
            with self.subTest(name):
                self.assertEqual(self.found(name, "res.partner"), self.family)
        line.date_end = "2020-01-01"
        both = self.school | self.family
        self.assertEqual(self.found("filter_no_main_contact", "res.partner"), both)

    def test_a_filter_of_clients_agrees_with_who_is_mailed(self):
        line = self.line(
            self.school, last_name="A", email="a@x.com", role_ids=self.accounting.ids
        )
        person = line.contact_id
        for record, values in (
            (line, {"date_start": "2999-01-01", "date_end": False}),
            (line, {"date_start": False, "date_end": "2020-01-01"}),
            (line, {"date_end": False, "role_ids": self.escort.ids}),
            (line, {"role_ids": self.accounting.ids}),
            (person, {"email": False}),
            (person, {"email": "a@x.com", "active": False}),
            (person, {"active": True}),
        ):
            record.write(values)
            self.env.invalidate_all()
            for user in ("user", "accountant", "employee"):
                with self.subTest(values, user=user):
                    name = "filter_no_accounting_contact"
                    without = self.found(name, "res.partner", user)
                    mailed = self.school._get_client_recipients("gets_invoices")
                    self.assertEqual(self.school not in without, bool(mailed))
                    shown = self.school.with_user(self.users[user])
                    self.assertEqual(shown.client_has_invoice_contact, bool(mailed))

    def test_a_person_of_a_company_is_mailed_through_its_contact(self):
        self.family.write({"parent_id": self.school.id})
        self.line(
            self.school, last_name="A", email="a@x.com", role_ids=self.accounting.ids
        )
        name = "filter_no_accounting_contact"
        self.assertTrue(self.family._get_client_recipients("gets_invoices"))
        self.assertFalse(self.found(name, "res.partner"))
        self.assertTrue(self.family.client_has_invoice_contact)

    def test_a_contact_who_has_not_begun_is_not_current(self):
        line = self.line(self.school, last_name="A", date_start="2999-01-01")
        self.assertNotIn(line, self.found("filter_current"))
        self.assertFalse(line.is_current)
        line.date_start = False
        self.assertIn(line, self.found("filter_current"))
        self.assertTrue(line.is_current)

    def test_a_mailing_reaches_each_person_once(self):
        anne = self.Partner.create({"name": "Anne Roux", "email": "anne@example.com"})
        lines = self.line(self.school, contact_id=anne.id)
        lines |= self.line(self.family, contact_id=anne.id)
        lines |= self.line(self.school, last_name="Petit")
        action = lines.with_user(self.users["user"]).action_client_write()
        self.assertEqual(action["res_model"], "mail.compose.message")
        self.assertEqual(action["context"]["default_res_ids"], anne.ids)
        composer = self.env["mail.compose.message"].with_user(self.users["user"])
        composer = composer.with_context(**action["context"]).create(
            {"subject": "News", "body": "<p>Hello</p>"}
        )
        mails = self.env["mail.mail"].search([])
        with mute_logger("odoo.addons.mail.models.mail_mail"):
            composer._action_send_mail()
        sent = self.env["mail.mail"].search([]) - mails
        self.assertEqual(sent.recipient_ids, anne)

    def test_a_mailing_to_nobody_is_refused_with_the_reason(self):
        line = self.line(self.school, last_name="Petit").with_user(self.users["user"])
        with self.assertRaisesRegex(UserError, "email address"):
            line.action_client_write()
        with self.assertRaises(AccessError):
            line.with_user(self.users["employee"]).action_client_write()

    def test_the_buttons_lead_to_the_lines(self):
        line = self.line(self.school, last_name="Petit")
        for action in (
            self.school.with_user(self.users["user"]).action_client_contacts(),
            line.contact_id.with_user(self.users["user"]).action_client_of(),
        ):
            self.assertEqual(self.Line.search(action["domain"]), line)

    def test_the_list_of_contacts_costs_no_query_per_line(self):
        self.school.client_contact_ids = [
            Command.create({"last_name": f"Person {n}", "role_ids": self.escort.ids})
            for n in range(40)
        ]
        lines = self.Line.with_user(self.users["user"])
        names = (
            "contact_id",
            "client_id",
            "role_ids",
            "phone",
            "email",
            "name",
            "lang",
        )
        spec = {name: {} for name in names}
        spec["contact_id"] = spec["client_id"] = {"fields": {"display_name": {}}}
        domain = literal_eval(
            self.env.ref("client_extension.client_contact_action").domain
        )
        lines.web_search_read(domain, spec, limit=80)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(15):
            lines.web_search_read(domain, spec, limit=80)


class ContactTourCase(ContactCase, HttpCase):
    """A user of the Clients app without administrator rights, in a real browser."""

    def setUp(self):
        super().setUp()
        self.paul = self.Partner.create(
            {
                "name": "Paul Zzroussel",
                "email": "paul@example.com",
                "mobile": "+33 6 98 00 45 12",
            }
        )


@tagged("post_install", "-at_install", "client_neighbours", "client_tour")
class TestContactCreateTour(ContactTourCase):
    """A client and its contacts, also beside an add-on that changes their names."""

    def test_a_client_is_created_with_two_contacts(self):
        self.start_tour(
            "/odoo/clients/new", "client_contact_tour", login="clients_user"
        )
        client = self.Partner.search([("name", "=", "Lycée Ampère")])
        self.assertEqual(len(client.client_contact_ids), 2)
        main = client.client_main_contact_id
        self.assertEqual(main.name, "Hélène de la Tour")
        self.assertEqual(main.parent_id, client)
        self.assertEqual(main.user_id, self.users["user"])
        self.assertEqual(self.paul.client_of_ids.client_id, client)
        self.assertEqual(self.paul.client_of_ids.role_ids, self.escort)
        self.assertFalse(self.paul.parent_id)


@tagged("post_install", "-at_install", "client_tour")
class TestContactTours(ContactTourCase):
    """The same user, with contacts who are known."""

    def test_one_person_stands_with_two_clients(self):
        self.line(self.school, contact_id=self.paul.id, role_ids=self.escort.ids)
        self.start_tour(
            f"/odoo/clients/{self.family.id}",
            "client_contact_two_clients_tour",
            login="clients_user",
        )
        self.assertEqual(self.paul.client_of_ids.client_id, self.school | self.family)

    def test_an_archived_person_is_chosen_and_comes_back(self):
        self.paul.write({"name": "Paul Zzroussel", "active": False})
        self.family.name = "Zzroussel et fils"
        url = f"/odoo/clients/{self.family.id}"
        self.start_tour(url, "client_contact_archived_tour", login="clients_user")
        self.assertTrue(self.paul.active)
        self.assertEqual(self.family.client_contact_ids.contact_id, self.paul)

    def test_two_contacts_who_are_one_person_are_merged_from_their_list(self):
        other = self.Partner.create({"name": "Pol Zzroussel"})
        self.line(self.family, contact_id=self.paul.id)
        self.line(self.school, contact_id=other.id)
        url = "/odoo/client-contacts"
        self.start_tour(url, "client_contact_merge_tour", login="clients_manager")
        person = (self.paul | other).exists()
        self.assertEqual(len(person), 1)
        self.assertEqual(person.client_of_ids.client_id, self.family | self.school)
