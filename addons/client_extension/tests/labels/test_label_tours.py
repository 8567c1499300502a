from odoo.tests import HttpCase, tagged

from ..common_label import LabelCase


@tagged("post_install", "-at_install", "client_tour")
class TestLabelTours(LabelCase, HttpCase):
    """Additional data in a real browser, as different users see it."""

    def tour(self, name, user):
        url = f"/odoo/clients/{self.school.id}"
        self.start_tour(url, name, login=f"clients_{user}")
        self.env.invalidate_all()

    def test_a_manager_adds_a_label_and_its_value_in_one_go(self):
        self.tour("client_add_label_tour", "manager")
        self.assertEqual([item["string"] for item in self.items()], ["Dormitory"])
        key = self.items()[0]["name"]
        self.assertEqual(self.stored(self.school), {key: "Blue"})

    def test_a_user_adds_labels_where_the_setting_says_so(self):
        key = "client_extension.users_add_labels"
        self.env["ir.config_parameter"].set_param(key, "True")
        self.tour("client_add_label_tour", "user")
        self.assertEqual([item["string"] for item in self.items()], ["Dormitory"])

    def test_a_user_fills_in_values_and_sees_no_wall_of_labels(self):
        beds = self.add("Beds", "integer", partner_id=self.school.id, value_number="12")
        names = ["Dormitory", *(f"Column {number}" for number in range(59))]
        self.Label.create([{"name": name} for name in names])
        self.tour("client_give_value_tour", "user")
        dormitory = self.Label.search([("name", "=", "Dormitory")])
        self.assertEqual(self.school.client_properties[dormitory.key], "Green")
        self.assertIs(self.stored(self.school)[beds.key], False)

    def test_a_manager_removes_a_label_and_restores_it_with_its_values(self):
        self.add("Dormitory", partner_id=self.school.id, value_char="Blue")
        self.tour("client_remove_label_tour", "manager")
        self.assertEqual(len(self.items()), 1)
