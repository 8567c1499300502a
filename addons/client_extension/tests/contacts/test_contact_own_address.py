from odoo import Command
from odoo.tests import Form, tagged

from ..common import ContactCase
from ..common_import import ImportCase

SHARED = {"street": "1 rue de l'Église", "zip": "69001", "city": "Lyon"}
OWN = {"street": "12 avenue Foch", "zip": "75016", "city": "Paris"}


class OwnAddressCase(ContactCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.school.write(SHARED)

    def address(self, partner):
        return {name: partner[name] for name in SHARED}

    def own(self, role=None, client=None, **values):
        """A person with a separate address who is a contact of a client."""
        person = self.Partner.create({"name": "Anne Roux", **OWN, **values})
        if role:
            self.line(client or self.school, contact_id=person.id, role_ids=role.ids)
        return person

    def assert_apart(self, person, client=None):
        """Neither has given the other an address, and neither does so later."""
        client = client or self.school
        self.assertEqual((person.type, person.parent_id), ("other", client))
        self.assertEqual(self.address(person), OWN)
        self.assertEqual(self.address(client), SHARED)
        person.street = "13 avenue Foch"
        client.city = "Villeurbanne"
        self.assertEqual(client.street, SHARED["street"])
        self.assertEqual(person.city, OWN["city"])


@tagged("post_install", "-at_install", "client_neighbours")
class TestContactOwnAddress(OwnAddressCase):
    """A person with a separate address never shares it, whatever happens later."""

    def test_a_role_that_begins_to_keep_addresses_takes_its_persons_out(self):
        person = self.line(
            self.school, last_name="Roux", role_ids=self.escort.ids
        ).contact_id
        other = self.line(
            self.school, last_name="Petit", role_ids=self.accounting.ids
        ).contact_id
        self.escort.with_user(self.users["manager"]).keeps_own_address = True
        self.assertEqual((person.type, other.type), ("other", "contact"))
        person.write(OWN)
        self.assert_apart(person)

    def test_a_role_in_use_takes_out_persons_whom_the_manager_cannot_see(self):
        line = self.line(self.family, last_name="Roux", role_ids=self.escort.ids)
        (self.family | line.contact_id).company_id = self.make_company()
        manager = self.escort.with_user(self.users["manager"])
        self.assertFalse(line.with_user(manager.env.user).has_access("read"))
        manager.keeps_own_address = True
        self.assertEqual(line.contact_id.type, "other")

    def test_a_person_who_is_put_below_the_client_later_stays_apart(self):
        anne = self.own(self.traveller)
        anne.with_user(self.users["user"]).parent_id = self.school
        self.assert_apart(anne)

    def test_in_a_form_too_where_no_address_is_copied(self):
        for view in (
            "base.view_partner_form",
            "client_extension.res_partner_view_form",
        ):
            with self.subTest(view):
                anne = self.own(self.traveller)
                with Form(anne.with_user(self.users["user"]), view) as form:
                    form.parent_id = self.school
                self.assert_apart(anne)
                self.school.write(SHARED)

    def test_a_person_without_such_a_role_is_put_below_a_client_as_ever(self):
        for person in (self.own(), self.own(self.escort)):
            with Form(person, "base.view_partner_form") as form:
                form.parent_id = self.school
            self.assertEqual(person.type, "contact")
            self.assertEqual(self.address(person), SHARED)

    def test_the_type_of_a_person_does_not_go_back_to_sharing(self):
        anne = self.own(self.traveller)
        anne.write({"parent_id": self.school.id})
        anne.with_user(self.users["user"]).type = "contact"
        self.assert_apart(anne)

    def test_each_person_of_a_batch_is_looked_at_for_itself(self):
        anne, paul = self.own(self.traveller), self.own(name="Paul Petit")
        elsewhere = self.own(self.traveller, self.family, name="Rose Blanc")
        values = {"parent_id": self.school.id, "type": "contact"}
        self.assertTrue((anne | paul | elsewhere).write(values))
        self.assertEqual(
            (anne | paul | elsewhere).mapped("type"), ["other", "contact", "contact"]
        )
        self.assert_apart(anne)

    def test_a_client_that_takes_persons_below_it_takes_no_address(self):
        anne = self.own(self.traveller)
        self.school.child_ids = [Command.link(anne.id)]
        self.assert_apart(anne)

    def test_a_person_created_below_a_client_with_their_line(self):
        line = {"client_id": self.school.id, "role_ids": self.traveller.ids}
        anne = self.own(parent_id=self.school.id, client_of_ids=[Command.create(line)])
        self.assert_apart(anne)

    def test_a_line_that_goes_to_another_client_or_person(self):
        paul = self.Partner.create({"name": "Paul", "parent_id": self.school.id})
        rose = self.Partner.create({"name": "Rose", "parent_id": self.school.id})
        line = self.line(self.family, contact_id=paul.id, role_ids=self.traveller.ids)
        self.assertEqual(paul.type, "contact")
        line.client_id = self.school
        self.assertEqual(paul.type, "other")
        line.contact_id = rose
        self.assertEqual(rose.type, "other")

    def test_a_role_that_is_archived_gives_no_address_away(self):
        anne = self.own(self.traveller)
        self.traveller.active = False
        anne.parent_id = self.school
        self.assert_apart(anne)

    def test_a_merge_of_clients_leaves_the_person_apart(self):
        other = self.Partner.create({"name": "Collège Moulin", "is_company": True})
        anne = self.Partner.create({"name": "Anne", "parent_id": other.id, **OWN})
        self.assertEqual(anne.type, "contact")
        self.line(self.school, contact_id=anne.id, role_ids=self.traveller.ids)
        self.school._client_merge(other)
        self.assert_apart(anne)

    def test_a_merge_of_persons_leaves_them_apart(self):
        anne, twin = self.own(self.traveller), self.own()
        twin.write({"parent_id": self.school.id})
        self.school.write(SHARED)
        twin._client_merge(anne)
        self.assertEqual(twin.type, "other")
        self.school.city = "Villeurbanne"
        self.assertNotEqual(twin.city, "Villeurbanne")

    def test_a_person_who_has_no_address_of_their_own_gets_none_of_the_client(self):
        anne = self.own(self.traveller, street=False, zip=False, city=False)
        anne.parent_id = self.school
        self.assertEqual((anne.type, anne.street), ("other", False))


@tagged("post_install", "-at_install")
class TestContactOwnAddressCost(OwnAddressCase, ImportCase):
    """Partners who are not contacts of a client cost nothing."""

    def looked_up(self):
        """:return: list that gets the partners of each look-up"""
        looked, kind = [], type(self.Line)
        look = kind._get_own_addresses

        def noted(lines, persons):
            looked.append(persons)
            return look(lines, persons)

        self.patch(kind, "_get_own_addresses", noted)
        return looked

    def test_an_import_and_a_plain_write_look_nobody_up(self):
        looked = self.looked_up()
        text = "reference;name;city;type;contact_last_name;contact_role\n"
        rows = "".join(f"S{i};Client {i};Lyon;company;Roux;Escort\n" for i in range(5))
        self.run_import(text + rows)
        self.run_import((text + rows).replace("Lyon", "Nice"))
        self.school.write({"street": "2 rue Neuve", "type": "invoice"})
        self.assertFalse(looked)

    def test_a_batch_is_looked_up_once(self):
        looked = self.looked_up()
        persons = self.Partner.create([{"name": f"P {n}"} for n in range(9)])
        persons.write({"parent_id": self.school.id})
        self.assertEqual(looked, [persons])

    def test_nothing_is_asked_where_no_role_keeps_an_address(self):
        self.env["client.contact.role"].search([]).keeps_own_address = False
        person = self.own()
        lines = []
        self.patch(type(self.Line), "search", lambda *a, **k: lines.append(a) or 1)
        person.parent_id = self.school
        self.assertFalse(lines)
