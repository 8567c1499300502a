from dateutil.relativedelta import relativedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_lists import ListCase


@tagged("post_install", "-at_install")
class TestTripPolice(ListCase):
    """The police form of foreign guests of a stay in France."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.france
        cls.own_stay = cls.stay_of(days=(0, 7))
        cls.guests = {
            name: cls.guest(name, **values)
            for name, values in {
                "Anna Maes": {
                    "nationality_id": cls.belgium.id,
                    "birth_date": "1985-01-01",
                },
                "Paul Petit": {"nationality_id": cls.france.id},
                "Tom Maes": {
                    "nationality_id": cls.belgium.id,
                    "birth_date": cls.day(-365 * 10),
                },
            }.items()
        }
        cls.guests["Anna Maes"].contact_id.write(
            {"street": "Veldstraat 1", "city": "Gent", "email": "anna@example.com"}
        )

    @classmethod
    def guest(cls, name, **values):
        one = cls.participant(cls.own_stay, name)
        cls.env["client.traveller"].create({"person_id": one.contact_id.id, **values})
        return one

    def forms(self, user=None, stay=None):
        return (
            (stay or self.own_stay).with_user(user or self.keeper)._get_police_forms()
        )

    def names(self):
        return [
            (form.last_name, [child.first_name for child in form.children])
            for form in self.forms()
        ]

    def test_one_form_for_each_foreign_adult_with_the_children_on_it(self):
        self.assertEqual(self.names(), [("MAES", ["Tom"])])
        self.guest("Bert Claes", nationality_id=self.belgium.id)
        self.guest("Lea Maes", nationality_id=self.belgium.id).age_group = "child"
        self.assertEqual(self.names(), [("MAES", ["Tom", "Lea"]), ("CLAES", [])])

    def test_who_is_fifteen_has_a_form(self):
        born = self.own_stay.date_from - relativedelta(years=15)
        tom = self.guests["Tom Maes"]
        traveller = self.env["client.traveller"].search(
            [("person_id", "=", tom.contact_id.id)]
        )
        traveller.birth_date = born
        self.assertEqual([name for name, _kids in self.names()], ["MAES", "MAES"])

    def test_children_of_others_stand_on_the_form_of_an_adult(self):
        self.guests["Anna Maes"].state = "cancelled"
        self.assertEqual(self.names(), [("PETIT", ["Tom"])])
        self.guests["Paul Petit"].state = "waiting"
        self.assertEqual(self.names(), [("MAES", [])])

    def test_without_a_nationality_the_home_country_decides(self):
        self.own_stay.participant_ids.unlink()
        one = self.participant(self.own_stay, "Jan Smit")
        with self.assertRaises(UserError):
            self.forms()
        one.contact_id.country_id = self.env.ref("base.nl")
        self.assertEqual(self.names(), [("SMIT", [])])

    def test_form_has_what_the_law_asks(self):
        page = self.html("client_trip_police_form", self.own_stay, self.keeper)
        # In French, where that is installed.
        installed = dict(self.env["res.lang"].get_installed())
        lang = "fr_FR" if "fr_FR" in installed else "en_US"
        belgium = self.env.ref("base.be").with_context(lang=lang).name
        for text in (
            "FICHE INDIVIDUELLE DE POLICE",
            *("MAES", "Anna", "01/01/1985", belgium, "Veldstraat 1"),
            *("anna@example.com", "Tom"),
            self.day(7).strftime("%d/%m/%Y"),
        ):
            self.assertIn(text, page)
        self.assertNotIn("PETIT", page)

    @mute_logger("odoo.models", "odoo.addons.base.models.ir_model")
    def test_nobody_prints_it_without_the_right(self):
        for user in (self.desk, self.head, self.users["employee"]):
            with self.assertRaises(AccessError):
                self.forms(user)
            with self.assertRaises(AccessError):
                self.html("client_trip_police_form", self.own_stay, user)

    def test_it_is_for_stays_in_france(self):
        report = self.env.ref("client_extension_travel.client_trip_report_police_form")
        self.assertFalse(report.attachment)

        def offered(trip):
            return report.id in report.get_valid_action_reports(trip._name, trip.ids)

        self.assertTrue(offered(self.own_stay))
        self.assertFalse(offered(self.tour))
        self.env.company.country_id = self.belgium
        self.assertFalse(offered(self.own_stay))
        with self.assertRaises(UserError):
            self.forms()

    @mute_logger("odoo.models")
    def test_other_companies_and_closed_units(self):
        unit = self.env["client.business.unit"].create(
            {"name": "Closed", "members_only": True, "company_id": False}
        )
        self.guests["Anna Maes"].contact_id.write(
            {"client_status": "client", "client_business_unit_id": unit.id}
        )
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.names(), [("PETIT", ["Tom"])])
        other = self.make_company()
        stay = self.stay_of(company_id=other.id, place_id=False, user_id=False)
        with self.assertRaises(AccessError):
            self.forms(stay=stay)
