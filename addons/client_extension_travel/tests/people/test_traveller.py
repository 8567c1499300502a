import psycopg2
from lxml.etree import fromstring

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..common import TripCase

IDENTITY = "client_extension_travel.group_travel_identity"
EXPORT = "base.group_allow_export"
OWN = ("client.traveller", "client.identity.paper")
#: what no user without the right finds in a screen
HIDDEN = {
    "birth_date",
    "birth_place",
    "paper_ids",
    "action_traveller",
    "action_client_traveller",
}


@tagged("post_install", "-at_install")
class TestTraveller(TripCase):
    """Who reads birth dates and papers, and what is left of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keeper = new_test_user(cls.env, login="travel_identity", groups=IDENTITY)
        cls.Traveller = cls.env["client.traveller"]
        cls.Paper = cls.env["client.identity.paper"]
        cls.one = cls.participant(cls.trip(), "Ann Traveler")
        cls.ann = cls.one.contact_id
        cls.traveller = cls.traveller_of(cls.ann, birth_date="1980-04-02")
        cls.passport = cls.paper(cls.traveller)
        cls.unit = cls.env["client.business.unit"].create(
            {"name": "Closed", "members_only": True, "company_id": False}
        )

    @classmethod
    def traveller_of(cls, person, **values):
        """:return: what is known of a person"""
        return cls.Traveller.create({"person_id": person.id, **values})

    @classmethod
    def paper(cls, traveller, number="P-1", **values):
        """:return: a passport of a traveler"""
        return cls.Paper.create(
            {"traveller_id": traveller.id, "number": number, **values}
        )

    def as_keeper(self, records):
        return records.with_user(self.keeper)

    def merge(self, source, kept):
        wizard = self.env["base.partner.merge.automatic.wizard"]
        # By somebody who has all rights but this one.
        admin = self.env.ref("base.user_admin")
        wizard.with_user(admin)._merge((source | kept).ids, kept.with_user(admin))
        self.env.invalidate_all()

    # Rights

    def refused(self, user):
        """No way in for a user, by each method that reads or writes"""
        values = {"person_id": self.family.id, "birth_date": "2000-01-01"}
        for record in (self.traveller, self.passport):
            model = record.with_user(user)
            field = "birth_date" if record == self.traveller else "number"
            calls = {
                "read": lambda own=model, name=field: own.read([name]),
                "web_read": lambda own=model, name=field: own.web_read({name: {}}),
                "export": lambda own=model, name=field: own.export_data([name]),
                "search": lambda own=model: own.search([]),
                "by value": lambda own=model, name=field: own.search(
                    [(name, "!=", False)]
                ),
                "group": lambda own=model, name=field: own.formatted_read_group(
                    [], [f"{name}:month" if name == "birth_date" else name], ["__count"]
                ),
                "name": lambda own=model: own.name_search("Ann"),
                "order": lambda own=model, name=field: own.search([], order=name),
                "write": lambda own=model, name=field: own.write({name: False}),
                "unlink": model.unlink,
                "copy": model.copy,
            }
            for name, call in calls.items():
                forbidden = name == "export" and not user.has_group(EXPORT)
                with (
                    self.subTest(model=record._name, call=name, user=user.login),
                    self.assertRaises(UserError if forbidden else AccessError),
                ):
                    call()
            self.assertFalse(HIDDEN & set(model.fields_get()))
            self.assertNotIn("number", model.fields_get())
        with self.assertRaises(AccessError):
            self.Traveller.with_user(user).create(values)

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_model")
    def test_no_other_right_reads_or_writes_an_identity(self):
        self.head.group_ids += self.env.ref(EXPORT)
        for user in (self.desk, self.head):
            self.refused(user)

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_model")
    def test_importer_employee_and_portal_read_none(self):
        for name in ("importer", "employee", "portal"):
            self.refused(self.as_user(name).env.user)

    def test_the_right_is_implied_by_no_other(self):
        identity = self.env.ref(IDENTITY)
        above = self.env["res.groups"].search([("all_implied_ids", "in", identity.ids)])
        self.assertEqual(above, identity)
        self.assertFalse(self.env.ref("base.user_admin").has_group(IDENTITY))
        for model in OWN:
            access = self.env["ir.model.access"].search(
                [("model_id.model", "=", model)]
            )
            self.assertEqual(access.group_id, identity)

    def test_no_field_of_another_model_leads_to_an_identity(self):
        found = [
            (name, field.name)
            for name, model in self.env.registry.items()
            if name not in OWN
            for field in model._fields.values()
            if field.comodel_name in OWN
        ]
        self.assertEqual(found, [])
        for name in OWN:
            # Nothing is tracked, and there is no chatter to send a template from.
            self.assertNotIn("message_ids", self.env[name]._fields)

    def named(self, records, kind, view_id=None):
        """:return: set of the names of all that a screen of a model holds"""
        arch = records.get_view(view_id, kind)["arch"]
        return set(fromstring(arch).xpath("//@name"))

    def test_screens_hold_what_the_user_has_the_right_to(self):
        for name in ("res.partner", "client.trip", "client.trip.participant"):
            self.assertFalse(HIDDEN & self.named(self.as_desk(self.env[name]), "form"))
        client_form = self.env.ref("client_extension.res_partner_view_form").id
        named = self.named(self.with_both(self.Partner), "form", client_form)
        self.assertIn("action_client_traveller", named)
        named = self.named(self.as_desk(self.Partner), "form", client_form)
        self.assertNotIn("action_client_traveller", named)
        named = self.named(self.with_both(self.Trip), "form")
        self.assertIn("action_traveller", named)
        for kind in ("list", "form", "search"):
            own = self.as_desk(self.Traveller)
            with self.assertRaises(AccessError):
                own.get_view(view_type=kind)
        for kind in ("list", "form"):
            named = self.named(self.as_keeper(self.Traveller), kind)
            self.assertIn("birth_date", named)

    def test_the_menu_is_that_of_the_right(self):
        menu = self.env.ref("client_extension_travel.client_traveller_menu")
        menus = self.env["ir.ui.menu"]
        self.assertIn(menu.id, menus.with_user(self.keeper)._visible_menu_ids())
        self.assertNotIn(menu.id, menus.with_user(self.head)._visible_menu_ids())

    # The record of a person

    def test_the_right_reads_and_writes_an_identity(self):
        own = self.as_keeper(self.traveller)
        self.assertEqual(own.display_name, "Ann Traveler")
        self.assertEqual(str(own.birth_date), "1980-04-02")
        own.paper_ids = [Command.create({"number": "V-2", "kind": "visa"})]
        self.assertEqual(own.paper_ids.mapped("number"), ["P-1", "V-2"])
        found = own.name_search("Ann Trav")
        self.assertEqual(found, [(own.id, "Ann Traveler")])
        self.assertEqual(own.search([("paper_ids", "ilike", "V-2")]), own)
        own.unlink()
        self.assertFalse(self.passport.exists())

    def test_it_opens_from_the_person_and_from_the_participant(self):
        for action in (
            self.as_keeper(self.ann).action_client_traveller(),
            self.with_both(self.one).action_traveller(),
        ):
            self.assertEqual(action["res_model"], "client.traveller")
            self.assertEqual(action["res_id"], self.traveller.id)
        bob = self.participant(self.one.trip_id, "Bob").contact_id
        action = self.as_keeper(bob).action_client_traveller()
        self.assertFalse(action["res_id"])
        own = self.as_keeper(self.Traveller).with_context(**action["context"])
        new = own.create({})
        self.assertEqual(new.person_id, bob)

    def with_both(self, records):
        """:return: the records, of a user of trips who has the right too"""
        self.keeper.group_ids += self.env.ref(
            "client_extension_travel.group_travel_user"
        )
        return self.as_keeper(records)

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_model")
    def test_it_does_not_open_without_the_right_or_the_person(self):
        with self.assertRaises(AccessError):
            self.as_desk(self.ann).action_client_traveller()
        with self.assertRaises(AccessError):
            self.as_desk(self.one).action_traveller()
        with self.assertRaises(UserError):
            self.with_both(self.participant(self.trip())).action_traveller()

    @mute_logger("odoo.sql_db")
    def test_a_person_has_one_record(self):
        with self.assertRaises(psycopg2.IntegrityError), self.env.cr.savepoint():
            self.traveller_of(self.ann)

    def test_a_paper_does_not_expire_before_it_is_issued(self):
        self.passport.write({"issued": "2026-01-01", "expires": "2026-01-01"})
        with self.assertRaises(ValidationError) as refusal:
            self.passport.expires = "2025-12-31"
        self.assertNotIn("P-1", str(refusal.exception))

    def test_what_is_copied_or_deleted(self):
        copy = self.ann.copy()
        self.assertFalse(self.Traveller.search([("person_id", "=", copy.id)]))
        self.ann.unlink()
        self.assertFalse(self.traveller.exists() or self.passport.exists())

    # Companies and closed units

    @mute_logger("odoo.models")
    def test_an_identity_is_seen_in_the_companies_of_its_person(self):
        other = self.make_company()
        for company, seen in ((other, False), (self.env.company, True)):
            self.ann.company_id = company
            self.assert_seen(seen)

    @mute_logger("odoo.models")
    def test_an_identity_is_closed_with_the_unit_of_its_person(self):
        self.ann.client_business_unit_id = self.unit
        self.assert_seen(False)
        self.unit.members_only = False
        self.assert_seen(True)

    def assert_seen(self, seen):
        """The user with the right sees Ann, or nothing of her"""
        self.env.flush_all()
        self.env.invalidate_all()
        for record in (self.traveller, self.passport):
            own = self.as_keeper(record)
            self.assertEqual(
                own.search([("id", "=", own.id)]), own if seen else own[:0]
            )
        if seen:
            self.as_keeper(self.ann).action_client_traveller()
            return
        with self.assertRaises(AccessError):
            self.as_keeper(self.ann).action_client_traveller()
        eve = self.as_keeper(self.traveller_of(self.Partner.create({"name": "Eve"})))
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            eve.paper_ids = [Command.create({"number": "E"})]
            eve.paper_ids.traveller_id = self.traveller.id
        bob = self.Partner.create({"name": "Bob"})
        values = {
            "client_business_unit_id": self.ann.client_business_unit_id.id,
            "company_id": self.ann.company_id.id,
        }
        bob.write(values)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self.as_keeper(self.Traveller).create({"person_id": bob.id})
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            eve.person_id = bob.id

    # Merges

    def test_a_merge_moves_the_only_identity(self):
        bob = self.Partner.create({"name": "Bob"})
        self.merge(self.ann, bob)
        self.assertEqual(self.traveller.person_id, bob)
        eve = self.Partner.create({"name": "Eve"})
        self.merge(eve, bob)
        self.assertEqual(self.traveller.person_id, bob)
        self.assertEqual(self.traveller.paper_ids, self.passport)

    def test_a_merge_fills_what_the_kept_identity_lacks(self):
        bob = self.Partner.create({"name": "Bob"})
        belgium = self.env.ref("base.be")
        other = self.traveller_of(
            bob,
            birth_date="1999-09-09",
            nationality_id=belgium.id,
            gender="female",
            needs="No nuts",
        )
        visa = self.paper(other, "V-3", kind="visa")
        self.traveller.needs = "Wheelchair"
        self.merge(bob, self.ann)
        self.assertFalse(other.exists())
        self.assertEqual(str(self.traveller.birth_date), "1980-04-02")
        self.assertEqual(self.traveller.nationality_id, belgium)
        self.assertEqual(self.traveller.gender, "female")
        self.assertEqual(self.traveller.needs, "Wheelchair\nNo nuts")
        self.assertEqual(self.traveller.paper_ids, self.passport | visa)
