from odoo.tests import tagged

from ..common import ClientCase

CODE, VISITS, LOYAL = "sapcode000000001", "visits0000000001", "loyal00000000001"


@tagged("post_install", "-at_install")
class TestAdditionalData(ClientCase):
    """Fields that users add to clients, on Odoo's own properties."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.definition = cls.Partner._get_client_properties_definition()
        cls.definition.properties_definition = [
            {"name": CODE, "string": "SAP code", "type": "char"},
            {"name": VISITS, "string": "Visits", "type": "integer", "default": 3},
            {"name": LOYAL, "string": "Loyal", "type": "boolean"},
        ]

    def test_a_user_writes_a_value_and_finds_the_client_by_it(self):
        family = self.family.with_user(self.users["user"])
        family.client_properties = {CODE: "007747"}
        found = family.search([(f"client_properties.{CODE}", "=", "007747")])
        self.assertEqual(found, family)

    def test_a_new_client_has_the_default_values(self):
        client = self.as_user("user").create({"name": "x", "client_status": "client"})
        self.assertEqual(client.client_properties[VISITS], 3)

    def test_partners_that_are_no_clients_have_none(self):
        partner = self.Partner.create({"name": "Supplier"})
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT client_properties FROM res_partner WHERE id = %s", [partner.id]
        )
        self.assertEqual(self.env.cr.fetchone(), (None,))

    def test_clients_are_grouped_by_a_label(self):
        self.family.client_properties = {CODE: "A"}
        self.school.client_properties = {CODE: "A"}
        groups = self.as_user("user").formatted_read_group(
            [("client_status", "!=", False), ("ref", "like", "T-000")],
            [f"client_properties.{CODE}"],
            ["__count"],
        )
        counts = {g[f"client_properties.{CODE}"]: g["__count"] for g in groups}
        self.assertEqual(counts["A"], 2)

    def test_odoos_own_properties_stay_as_they_are(self):
        stock = self.definition._get_definition_for_property_field(
            "res.partner", "properties"
        )
        self.assertNotEqual(stock, self.definition)
        labels = stock.properties_definition
        self.family.client_properties = {CODE: "A"}
        self.assertEqual(stock.properties_definition, labels)
        self.assertNotIn(CODE, dict(self.family.properties))
        self.assertNotIn(CODE, [label["name"] for label in labels])

    def test_the_form_and_the_export_read_them(self):
        self.family.client_properties = {CODE: "A"}
        read = self.family.with_user(self.users["user"]).web_read(
            {"client_properties": {}}
        )[0]["client_properties"]
        self.assertEqual([p["string"] for p in read], ["SAP code", "Visits", "Loyal"])
        rows = self.family.export_data([f"client_properties.{CODE}"])["datas"]
        self.assertEqual(rows, [["A"]])
