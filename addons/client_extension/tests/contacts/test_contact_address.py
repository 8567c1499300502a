from odoo.tests import tagged

from ..common import ContactCase

ADDRESS = {"street": "1 rue de l'Église", "zip": "69001", "city": "Lyon"}


@tagged("post_install", "-at_install")
class TestContactAddress(ContactCase):
    """A client's address and tax number never change through a contact.

    Odoo shares the address of a child of type contact with its parent both ways, and
    its tax number with the commercial entity.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.school.write({**ADDRESS, "country_id": cls.france.id})
        cls.before = cls.identity(cls.school)

    @classmethod
    def identity(cls, partner):
        return partner.read([*ADDRESS, "street2", "state_id", "country_id", "vat"])

    def own(self, **values):
        """A person with an address and a tax number of their own."""
        return self.Partner.create(
            {
                "name": "Anne Roux",
                "street": "12 avenue Foch",
                "zip": "75016",
                "city": "Paris",
                "vat": "BE0477472701",
                "country_id": self.env.ref("base.be").id,
                **values,
            }
        )

    def test_adding_a_person_with_an_address_changes_neither(self):
        anne = self.own()
        before = self.identity(anne)
        for role in (self.escort, self.traveller):
            self.line(self.school, contact_id=anne.id, role_ids=role.ids).unlink()
        self.line(self.school, contact_id=anne.id, role_ids=self.traveller.ids)
        self.assertEqual(self.identity(self.school), self.before)
        self.assertEqual(self.identity(anne), before)
        self.assertFalse(anne.parent_id)

    def test_adding_a_person_to_a_client_without_an_address_gives_it_none(self):
        anne = self.own()
        before = self.identity(self.family)
        self.line(self.family, contact_id=anne.id)
        self.assertEqual(self.identity(self.family), before)

    def test_a_person_of_another_company_stays_there(self):
        employer = self.Partner.create({"name": "Employer", "is_company": True})
        anne = self.Partner.create({"name": "Anne Roux", "parent_id": employer.id})
        self.line(self.school, contact_id=anne.id, role_ids=self.traveller.ids)
        self.assertEqual(anne.parent_id, employer)
        self.assertEqual(anne.type, "contact")

    def test_a_client_who_is_a_contact_of_another_stays_a_client_of_their_own(self):
        self.line(self.school, contact_id=self.family.id, role_ids=self.escort.ids)
        self.assertFalse(self.family.parent_id)
        self.assertEqual(self.family.commercial_partner_id, self.family)

    def test_a_new_person_shares_the_address_of_the_client(self):
        person = self.line(self.school, last_name="Roux").contact_id
        self.assertEqual(person.type, "contact")
        self.assertEqual(person.street, ADDRESS["street"])
        self.assertEqual(self.identity(self.school), self.before)

    def test_a_new_person_who_keeps_their_address_has_their_own(self):
        line = self.line(self.school, last_name="Roux", role_ids=self.traveller.ids)
        person = line.contact_id
        self.assertEqual((person.type, person.parent_id), ("other", self.school))
        self.assertFalse(person.street)
        person.write({"street": "12 avenue Foch", "city": "Paris"})
        self.assertEqual(self.identity(self.school), self.before)
        self.school.street = "3 rue Neuve"
        self.assertEqual(person.street, "12 avenue Foch")

    def test_a_role_given_later_takes_the_person_out_of_the_exchange(self):
        line = self.line(self.school, last_name="Roux")
        line.role_ids = self.traveller
        self.assertEqual(line.contact_id.type, "other")
        line.contact_id.city = "Paris"
        self.assertEqual(self.identity(self.school), self.before)

    def test_a_role_taken_away_overwrites_nothing(self):
        line = self.line(self.school, last_name="Roux", role_ids=self.traveller.ids)
        line.contact_id.city = "Paris"
        line.role_ids = self.escort
        self.assertEqual(line.contact_id.city, "Paris")
        self.assertEqual(self.identity(self.school), self.before)

    def test_defaults_of_the_clients_menu_are_not_meant_for_the_person(self):
        lines = self.Line.with_context(
            default_client_status="prospect",
            default_is_company=True,
            default_street="Rue du menu",
            default_type="invoice",
        )
        person = lines.create(
            {"client_id": self.school.id, "last_name": "R"}
        ).contact_id
        self.assertEqual((person.client_status, person.type), (False, "contact"))
        self.assertFalse(person.is_company)
        self.assertEqual(self.identity(self.school), self.before)

    def test_values_through_the_line_touch_no_address(self):
        line = self.line(self.school, contact_id=self.own().id)
        line.write(
            {"email": "a@example.com", "mobile": "+33612345678", "lang": "en_US"}
        )
        self.assertEqual(self.identity(self.school), self.before)
