from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common_label import LabelCase


@tagged("post_install", "-at_install")
class TestLabelLists(LabelCase):
    """Labels in lists, on cards and in groups, as the web client asks for them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.domain = [("id", "in", (cls.family | cls.school | cls.supplier).ids)]
        cls.code = cls.add("Code", partner_id=cls.school.id, value_char="A1")
        cls.empty = cls.add("Empty")
        choices = [
            Command.create({"name": "Half"}),
            Command.create({"name": "Full", "is_value": True}),
        ]
        cls.board = cls.add(
            "Board", "selection", partner_id=cls.school.id, choice_ids=choices
        )

    def page(self, user="user", order="id"):
        """:return: dict: id -> dict of label -> value, of one page of a list"""
        found = self.as_user(user).web_search_read(
            self.domain, {"client_properties": {}, "name": {}}, order=order
        )
        return {
            values["id"]: {
                item["string"]: item.get("value")
                for item in values["client_properties"]
            }
            for values in found["records"]
        }

    def test_the_first_record_of_a_page_has_every_label(self):
        first = self.page()[self.family.id]
        self.assertEqual(list(first), ["Code", "Empty", "Board"])
        self.assertFalse(any(first.values()))

    def test_the_others_have_what_is_filled_in(self):
        page = self.page()
        full = self.board.choice_ids[1].key
        self.assertEqual(page[self.school.id], {"Code": "A1", "Board": full})
        self.assertEqual(page[self.supplier.id], {})

    def test_zero_and_no_are_filled_in(self):
        beds = self.add("Beds", "integer")
        pets = self.add("Pets", "boolean")
        self.school.client_properties = {beds.key: 0, pets.key: False}
        self.assertEqual(self.page()[self.school.id], {"Beds": 0, "Pets": False})

    def test_the_first_record_has_its_values_too(self):
        page = self.page(order="id DESC")
        self.assertEqual(list(page[self.supplier.id]), ["Code", "Empty", "Board"])
        self.domain = [("id", "=", self.school.id)]
        self.assertEqual(self.page()[self.school.id]["Code"], "A1")

    def test_links_have_their_names(self):
        link = {"name": "guide", "string": "Guide", "type": "many2one"}
        link["comodel"] = "res.partner"
        self.definition.properties_definition = [link]
        self.school.client_properties = {"guide": self.supplier.id}
        self.assertEqual(
            self.page()[self.school.id]["Guide"],
            (self.supplier.id, self.supplier.display_name),
        )

    def test_an_empty_page(self):
        self.domain = [("id", "=", 0)]
        self.assertEqual(self.page(), {})

    def test_a_portal_user_reads_none(self):
        self.domain = [("id", "=", self.users["portal"].partner_id.id)]
        with self.assertRaises(AccessError):
            self.page("portal")

    def test_a_page_costs_as_many_queries_with_many_labels(self):
        self.page()
        self.env.invalidate_all()
        with self.assertQueryCount(8):
            self.page()
        self.Label.create([{"name": f"Label {number}"} for number in range(30)])
        self.page()
        self.env.invalidate_all()
        with self.assertQueryCount(8):
            self.page()

    def test_the_columns_stand_under_our_own_words(self):
        record = self.as_user("user").browse(self.school.id)
        read = record.web_read(
            {"client_properties_definition_id": {"fields": {"display_name": {}}}}
        )
        name = read[0]["client_properties_definition_id"]["display_name"]
        self.assertEqual(name, "Additional Data")
        stock = self.definition._get_definition_for_property_field(
            "res.partner", "properties"
        )
        self.assertNotEqual(stock.display_name, "Additional Data")

    def test_a_user_groups_and_filters_by_a_label(self):
        groups = self.as_user("user").web_read_group(
            self.domain, [f"client_properties.{self.board.key}"], []
        )
        counts = [group["__count"] for group in groups["groups"]]
        self.assertEqual(sorted(counts), [1, 2])
        self.domain = [(f"client_properties.{self.code.key}", "ilike", "a1")]
        self.assertEqual(list(self.page()), self.school.ids)
