from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common_label import LabelCase
from ..common_merge import MergeCase


@tagged("post_install", "-at_install")
class TestMergeValues(MergeCase, LabelCase):
    """0 and No are values on the page and in the merge."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        kinds = ("integer", "float", "boolean", "char")
        cls.definition.properties_definition = [
            {"name": kind, "type": kind, "string": f"A {kind}"} for kind in kinds
        ]

    def pair(self, kept, other):
        """:return: the client to keep and another one, with this additional data"""
        twin = self.twin()
        self.family.client_properties = kept
        twin.client_properties = other
        return self.family, twin

    def row(self, page, key):
        """:return: pair of what the page shows and which clients have a value there"""
        rows = {row["key"]: row for row in page.comparison["rows"]}
        row = rows[f"client_properties.{key}"]
        return row["cells"], row["filled"]

    ANSWERS = (
        ("integer", 0, 50, "0", "50"),
        ("float", 0.0, 2.5, "0", "2.5"),
        ("boolean", False, True, "No", "Yes"),
        ("boolean", True, False, "Yes", "No"),
    )

    def test_zero_and_no_of_the_kept_client_stay(self):
        for key, kept, other, text, other_text in self.ANSWERS:
            with self.subTest(key=key, kept=kept), self.env.cr.savepoint() as savepoint:
                keep, twin = self.pair({key: kept}, {key: other})
                page = self.page(keep | twin, keep=keep.id)
                # The twin, which is a client, comes first.
                shown = [other_text, text], [True, True]
                self.assertEqual(self.row(page, key), shown)
                page.action_merge()
                self.assertEqual(self.stored(keep)[key], kept)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_what_nobody_answered_is_filled_with_zero_and_no(self):
        keep, twin = self.pair({"integer": False}, {"integer": 0, "boolean": False})
        self.merge(keep, twin)
        values = self.stored(keep)
        self.assertEqual((values["integer"], values["boolean"]), (0, False))
        self.assertIsNot(values["integer"], False)

    def test_a_boolean_that_nobody_set_stays_so(self):
        keep, twin = self.pair({"char": "x"}, {"char": "y"})
        self.merge(keep, twin)
        self.assertEqual(self.stored(keep), {"char": "x"})

    def test_zero_no_and_nothing_can_be_chosen(self):
        for key, kept, other, *_texts in self.ANSWERS:
            for of_kept, of_other in ((other, kept), (kept, None), (None, kept)):
                with (
                    self.subTest(key=key, of_kept=of_kept, of_other=of_other),
                    self.env.cr.savepoint() as savepoint,
                ):
                    keep, twin = self.pair({key: of_kept}, {key: of_other})
                    self.merge(keep, twin, **{f"client_properties.{key}": twin.id})
                    left = (self.stored(keep) or {}).get(key)
                    self.assertEqual(
                        (left is None, left or 0), (of_other is None, of_other or 0)
                    )
                    savepoint.rollback()
                    self.env.invalidate_all()

    def test_odoos_own_merge_keeps_them_too(self):
        keep, twin = self.pair(
            {"integer": 0, "boolean": False}, {"integer": 5, "boolean": True}
        )
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((keep | twin).ids, keep)
        self.assertEqual(self.stored(keep), {"integer": 0, "boolean": False})

    def test_those_of_removed_labels_are_kept_as_well(self):
        keep, twin = self.pair({"boolean": False}, {"boolean": True, "integer": 0})
        self.definition.properties_definition = []
        self.merge(keep, twin)
        self.assertEqual(self.stored(keep), {"boolean": False, "integer": 0})

    def test_a_choice_that_there_is_no_more_is_no_value(self):
        choice = {"name": "board", "type": "selection", "string": "Board"}
        self.definition.properties_definition = [
            {**choice, "selection": [["f", "Full"]]}
        ]
        keep, twin = self.pair({"board": "gone"}, {"board": "f"})
        self.merge(keep, twin)
        self.assertEqual(self.stored(keep), {"board": "f"})


@tagged("post_install", "-at_install", "client_neighbours")
class TestMergeOthers(MergeCase):
    """What the page shows without a choice is merged as Odoo decides."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Partner._get_client_properties_definition().properties_definition = []
        model = cls.env["ir.model"]._get("res.partner")
        cls.env["ir.model.fields"].create(
            {
                "name": "x_client_bus",
                "model_id": model.id,
                "field_description": "Bus",
                "ttype": "char",
            }
        )
        cls.industries = cls.env["res.partner.industry"]
        # One by one: a constraint of another add-on may look at one alone.
        for name in ("Schools", "Travel"):
            cls.industries += cls.industries.create({"name": name})
        cls.terms = cls.env["account.payment.term"].create(
            [{"name": "Thirty"}, {"name": "Sixty"}]
        )

    def others(self, page):
        """:return: dict: key -> the row"""
        return {row["key"]: row for row in page.comparison["others"]}

    def stock_properties(self, *kinds):
        """Give all of Odoo's own contacts some properties."""
        field = self.Partner._fields["properties"]
        container = self.family[field.definition_record]
        container.sudo().properties_definition = [
            {"name": f"own_{kind}", "type": kind, "string": f"Own {kind}"}
            for kind in kinds
        ]

    def test_every_field_that_differs_is_shown(self):
        self.family.write(
            {"industry_id": self.industries[0].id, "x_client_bus": "A", "tz": "UTC"}
        )
        other = self.twin(industry_id=self.industries[1].id, x_client_bus="B", tz="UTC")
        rows = self.others(self.page(self.family | other, keep=self.family.id))
        self.assertEqual(rows["industry_id"]["cells"], ["Travel", "Schools"])
        self.assertEqual(rows["x_client_bus"]["cells"], ["B", "A"])
        self.assertNotIn("tz", rows, "they have the same")
        for name in ("name", "street", "client_status", "create_date", "id", "color"):
            self.assertNotIn(name, rows)

    def test_what_is_shown_to_win_is_what_is_kept(self):
        self.family.write({"x_client_bus": "A", "tz": False})
        one = self.twin(tz="UTC", industry_id=self.industries[0].id)
        two = self.twin(
            tz="Europe/Brussels",
            x_client_bus="B",
            industry_id=self.industries[1].id,
            property_payment_term_id=self.terms[0].id,
        )
        three = self.twin(property_payment_term_id=self.terms[1].id)
        page = self.page(self.family | one | two | three, keep=self.family.id)
        rows = self.others(page)
        keep, sources = page._get_kept()
        partners = (keep | sources).ids
        ids = [partner["id"] for partner in page.comparison["partners"]]
        wins = {}
        for key, row in rows.items():
            order = sorted(range(4), key=lambda place: partners.index(ids[place]))
            filled = [place for place in order if row["filled"][place]]
            wins[key] = row["cells"][(filled or order)[0]]
        page.action_merge()
        self.env.invalidate_all()
        manager = keep.with_user(self.users["manager"])
        texts = self.env["client.merge.comparison"]
        for key in ("x_client_bus", "tz", "industry_id", "property_payment_term_id"):
            with self.subTest(key):
                self.assertEqual(texts._get_text(manager, key, [key]), wins[key])
        self.assertEqual((wins["x_client_bus"], wins["industry_id"]), ("A", "Schools"))
        self.assertEqual(wins["property_payment_term_id"], "Thirty")

    def test_a_field_that_the_user_may_not_read_is_not_shown(self):
        groups = "account.group_account_invoice"
        self.family.credit_limit = 100
        other = self.twin(credit_limit=200)
        page = self.page(self.family | other)
        self.assertNotIn("credit_limit", self.others(page))
        self.users["manager"].group_ids += self.env.ref(groups)
        page = self.page(self.family | other)
        self.assertIn("credit_limit", self.others(page))

    def test_odoos_properties_come_along_and_are_shown(self):
        self.stock_properties("char", "integer", "boolean")
        self.family.properties = {"own_integer": 0, "own_boolean": False}
        other = self.twin()
        other.properties = {"own_char": "x", "own_integer": 7, "own_boolean": True}
        rows = self.others(self.page(self.family | other, keep=self.family.id))
        self.assertEqual(rows["properties.own_integer"]["cells"], ["7", "0"])
        self.assertEqual(rows["properties.own_boolean"]["cells"], ["Yes", "No"])
        self.merge(self.family, other)
        self.assertEqual(
            self.family.properties._values,
            {"own_char": "x", "own_integer": 0, "own_boolean": False},
        )

    def test_a_merge_of_partners_that_are_no_clients_carries_them_too(self):
        self.stock_properties("char", "integer")
        other = self.Partner.create({"name": "Cars"})
        self.supplier.properties = {"own_char": "kept"}
        other.properties = {"own_char": "lost", "own_integer": 3}
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((self.supplier | other).ids, self.supplier)
        self.env.invalidate_all()
        self.assertEqual(
            self.supplier.properties._values, {"own_char": "kept", "own_integer": 3}
        )
        self.assertFalse(self.supplier.client_status)

    def test_more_clients_cost_no_query_more(self):
        def compare(count):
            partners = self.family
            for number in range(count):
                partners |= self.twin(
                    industry_id=self.industries[number % 2].id,
                    property_payment_term_id=self.terms[number % 2].id,
                    x_client_bus=str(number),
                )
            page = self.page(partners)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertTrue(page.comparison["others"])
            return self.env.cr.sql_log_count - before

        compare(2)
        self.assertLessEqual(compare(12), compare(2) + 1)

    def test_partners_of_whom_none_is_a_client_are_left_to_odoo(self):
        other = self.Partner.create({"name": "Cars", "email": "cars@example.com"})
        with self.assertRaisesRegex(UserError, "None of these is a client"):
            self.merge(self.supplier, other)
        self.assertTrue(other.exists())
        self.merge(other, self.twin())
        self.assertEqual(other.client_status, "client")
