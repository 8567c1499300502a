from odoo.tests import tagged

from ...models.lists.trip_list import PAGE_LINES
from .common_lists import ListCase


@tagged("post_install", "-at_install")
class TestTripListQueries(ListCase):
    """The lists of a coach stay below their ceiling of queries."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coach = cls.trip()
        rooms = [cls.room(cls.coach, str(number)) for number in range(30)]
        persons = cls.Partner.create([{"name": f"Pupil N{n}"} for n in range(60)])
        cls.people = cls.env["client.trip.participant"].create(
            [
                {
                    "trip_id": cls.coach.id,
                    "contact_id": person.id,
                    "room_id": rooms[number // 2].id,
                }
                for number, person in enumerate(persons)
            ]
        )
        cls.env["client.traveller"].create(
            [
                {
                    "person_id": person.id,
                    "birth_date": "2010-05-05",
                    "nationality_id": cls.belgium.id,
                    "paper_ids": [(0, 0, {"number": str(person.id)})],
                }
                for person in persons
            ]
        )

    def take(self, call):
        """Call it twice, and count the second, with nothing cached but the user."""
        call()
        self.env.flush_all()
        self.env.invalidate_all()
        _known = self.keeper.with_user(self.keeper).company_id.name
        with self.assertQueryCount(15):
            return call()

    def test_lists_of_60_participants(self):
        for kind in ("rooming", "passenger", "emergency", "arrivals"):
            with self.subTest(kind):
                rows = self.take(
                    lambda kind=kind: list(
                        self.sheet(kind, user=self.keeper, trips=self.coach).iter_rows()
                    )
                )
                self.assertEqual(len(rows), 2 if kind == "arrivals" else 61)

    def test_lists_of_60_participants_with_marks(self):
        own = self.coach.with_user(self.keeper)
        own._keep_sent_list("rooming")
        for one in self.people[:20]:
            one.room_id = self.people[-1].room_id
        self.people[20:40].state = "cancelled"
        sheet = self.take(lambda: self.sheet("rooming", self.keeper, self.coach))
        marks = [row.mark for row in sheet.rows]
        self.assertEqual((marks.count("changed"), marks.count("gone")), (20, 20))

    def test_pages_hold_every_row_once_and_no_room_is_split(self):
        for kind in ("rooming", "passenger"):
            sheet = self.sheet(kind, self.keeper, self.coach)
            pages = list(sheet.iter_pages())
            self.assertGreater(len(pages), 1)
            rows = [row for page in pages for _name, rows in page for row in rows]
            self.assertEqual([row.number for row in rows], list(range(1, 61)))
            for page in pages:
                lines = sum(
                    sheet.get_lines(row) for _name, rows in page for row in rows
                )
                self.assertLessEqual(lines, PAGE_LINES)
        names = [name for page in sheet.iter_pages() for name, _rows in page]
        self.assertEqual(set(names), {""})
        pages = self.sheet("rooming", self.keeper, self.coach).iter_pages()
        rooms = [name for page in pages for name, _rows in page]
        self.assertEqual(len(rooms), 30)

    def test_a_long_name_takes_its_lines(self):
        short, long = self.people[:2]
        long.contact_id.name = "Ann " + "Verylongname-" * 9
        sheet = self.sheet("passenger", self.keeper, self.coach)
        lines = {row.entry.participant: sheet.get_lines(row) for row in sheet.rows}
        self.assertGreater(lines[long], lines[short] + 2)

    def test_police_forms_of_60_guests(self):
        self.env.company.country_id = self.france
        self.coach.kind_id = self.stay
        own = self.coach.with_user(self.keeper)
        forms = self.take(lambda: own._get_police_forms())
        self.assertEqual(len(forms), 60)
