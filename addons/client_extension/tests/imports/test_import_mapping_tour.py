from odoo.tests import HttpCase, tagged

from ..common import ClientCase


@tagged("post_install", "-at_install", "client_tour")
class TestImportMappingTour(HttpCase, ClientCase):
    def test_map_check_and_keep(self):
        old = self.Partner.create(
            {
                "name": "Camping du Tour",
                "ref": "T-OLD",
                "city": "Dinant",
                "client_status": "client",
            }
        )
        self.start_tour(
            "/odoo/clients", "client_import_mapping_tour", login="clients_importer"
        )
        self.assertEqual((old.city, old.phone), ("Liège", "081 1"))
        new = self.Partner.search([("ref", "=", "T-NEW")])
        self.assertEqual((new.name, new.city), ("<b>Neuf</b>", "Namur"))
        self.assertFalse(new.client_properties._values)
        mapping = self.env["client.import.mapping"].search(
            [("name", "=", "Northwind weekly")]
        )
        self.assertEqual(mapping.user_id, self.users["importer"])
