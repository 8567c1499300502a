from freezegun import freeze_time

from odoo import fields
from odoo.tests import new_test_user, tagged

from ...models.retention import client_traveller_retention as retention
from ..common import TripCase

IDENTITY = "client_extension_travel.group_travel_identity"


@tagged("post_install", "-at_install")
class TestTravellerRetention(TripCase):
    """Identities are deleted when the last trip is long ago."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Traveller = cls.env["client.traveller"]
        # Those of the demonstration data are not part of this.
        cls.Traveller.search([]).unlink()
        cls.env.company.client_identity_days = 1095
        cls.stay.keep_days = 183
        cls.group.keep_days = 0
        cls.ann = cls.Partner.create({"name": "Ann Traveler"})
        cls.traveller = cls.identity(cls.ann)

    @classmethod
    def identity(cls, person):
        """:return: what is known of a person, with a passport"""
        values = {"person_id": person.id, "birth_date": "1980-04-02"}
        traveller = cls.Traveller.create(values)
        cls.env["client.identity.paper"].create(
            {"traveller_id": traveller.id, "number": "P-TOP-SECRET"}
        )
        return traveller

    def takes_part(self, trip, person=None, **values):
        """A person takes part in a trip"""
        person = person or self.ann
        return self.env["client.trip.participant"].create(
            {"trip_id": trip.id, "contact_id": person.id, **values}
        )

    def changed(self, days, traveller=None):
        """The last change of a traveler was some days from today"""
        traveller = traveller or self.traveller
        self.env.flush_all()
        for records in (traveller, traveller.paper_ids):
            self.env.cr.execute(
                f"UPDATE {records._table} SET write_date = %s WHERE id IN %s",  # pylint: disable=sql-injection
                (self.day(days), tuple(records.ids)),
            )
        self.env.invalidate_all()

    def kept_until(self, days, traveller=None):
        """An identity is there on the last day of its time, and gone on the next"""
        traveller = traveller or self.traveller
        for later, kept in ((days, True), (days + 1, False)):
            with freeze_time(self.day(later)):
                self.Traveller._gc_travellers()
            self.env.invalidate_all()
            self.assertEqual(bool(traveller.exists()), kept, later)

    def test_an_identity_is_kept_until_1095_days_after_the_last_trip(self):
        self.changed(-50)
        for first, last in ((-40, -30), (-20, -10)):
            self.takes_part(self.trip(days=(first, last)))
        self.kept_until(1085)

    def test_a_future_trip_keeps_it(self):
        self.takes_part(self.trip(days=(100, 110)))
        self.kept_until(1205)

    def test_a_stay_keeps_it_for_less(self):
        self.changed(-20)
        self.takes_part(self.stay_of(days=(-12, -10)))
        self.kept_until(173)

    def test_the_trip_that_keeps_it_longest_counts(self):
        self.changed(-600)
        self.takes_part(self.trip(days=(-512, -500)))
        self.takes_part(self.stay_of(days=(-12, -10)))
        self.kept_until(595)

    def test_the_client_of_a_trip_is_kept_too(self):
        self.ann.client_status = "client"
        self.changed(-50)
        self.trip(self.ann, days=(-20, -10))
        self.kept_until(1085)

    def test_a_cancelled_trip_and_who_cancelled_count_by_their_dates(self):
        self.changed(-50)
        trip = self.trip(days=(-20, -10), state="cancelled")
        self.takes_part(trip, state="cancelled")
        self.kept_until(1085)

    def test_a_trip_without_dates_counts_from_its_last_change(self):
        self.changed(-50)
        self.takes_part(self.trip(date_from=False, date_to=False))
        self.kept_until(1095)

    def test_a_change_counts_like_the_end_of_the_last_kind_of_trip(self):
        self.changed(0)
        self.takes_part(self.trip(days=(-1300, -1290)))
        self.takes_part(self.stay_of(days=(-1005, -1000)))
        self.kept_until(183)

    def test_who_never_had_a_trip_is_kept_from_the_last_change(self):
        self.changed(-100)
        self.kept_until(995)

    def test_a_paper_that_changed_is_a_change(self):
        self.changed(-100)
        self.traveller.paper_ids.number = "P-2"
        self.kept_until(1095)

    def test_each_company_has_its_own_setting(self):
        other = self.make_company()
        other.client_identity_days = 10
        bob, eve = self.Partner.create(
            [{"name": "Bob", "company_id": other.id}, {"name": "Eve"}]
        )
        of_bob, of_eve = self.identity(bob), self.identity(eve)
        foreign = self.trip(
            days=(-20, -15),
            company_id=other.id,
            client_id=self.Partner.create({"name": "X", "client_status": "client"}).id,
        )
        self.takes_part(foreign, eve)
        self.changed(-50, of_bob | of_eve | self.traveller)
        self.Traveller._gc_travellers()
        self.assertEqual(self.Traveller.search([]), self.traveller)

    def test_a_person_of_all_companies_without_a_trip_is_kept_longest(self):
        other = self.make_company()
        other.client_identity_days = 2000
        self.changed(0)
        self.kept_until(2000)

    def test_zero_keeps_for_ever(self):
        self.env.company.client_identity_days = 0
        bob = self.Partner.create({"name": "Bob"})
        of_bob = self.identity(bob)
        self.takes_part(self.trip(days=(-20, -10)))
        self.takes_part(self.stay_of(days=(-20, -10)))
        self.takes_part(self.stay_of(days=(-20, -10)), bob)
        with freeze_time(self.day(9000)):
            self.Traveller._gc_travellers()
        self.assertTrue(self.traveller.exists())
        # The kind of his only stay says when.
        self.assertFalse(of_bob.exists())

    def test_the_log_says_it_without_a_value_and_the_age_group_stays(self):
        line = self.takes_part(self.trip(days=(-20, -10)), age_group="child")
        before = self.ann.message_ids
        papers = self.traveller.paper_ids
        with freeze_time(self.day(1200)):
            self.assertEqual(self.Traveller._gc_travellers(), (1, 0))
        self.env.invalidate_all()
        self.assertFalse(papers.exists())
        self.assertEqual(line.age_group, "child")
        self.assertEqual(line.contact_id, self.ann)
        note = self.ann.message_ids - before
        self.assertEqual(len(note), 1)
        for value in ("1980", "SECRET"):
            self.assertNotIn(value, note.body)
        self.assertFalse(note.tracking_value_ids)
        with freeze_time(self.day(1200)):
            self.assertEqual(self.Traveller._gc_travellers(), (0, 0))

    def test_it_is_done_in_batches(self):
        people = self.Partner.create([{"name": f"P {n}"} for n in range(4)])
        for person in people:
            self.identity(person)
        self.patch(retention, "BATCH", 2)
        with freeze_time(self.day(1200)):
            rounds = [self.Traveller._gc_travellers() for _number in range(3)]
        self.assertEqual(rounds, [(2, 1), (2, 1), (1, 0)])
        self.assertFalse(self.Traveller.search([]))

    def test_the_daily_job_of_odoo_runs_it(self):
        self.assertTrue(self.registry["client.traveller"]._gc_travellers._autovacuum)

    def test_the_setting_is_that_of_the_company(self):
        admin = self.env.ref("base.user_admin")
        settings = self.env["res.config.settings"].with_user(admin).create({})
        settings.client_identity_days = 30
        settings.execute()
        self.assertEqual(admin.company_id.client_identity_days, 30)
        self.assertEqual(fields.Date.context_today(self.Trip), self.today)
        user = new_test_user(self.env, login="travel_reader", groups=IDENTITY)
        self.assertFalse(self.env.company.with_user(user).has_access("write"))
