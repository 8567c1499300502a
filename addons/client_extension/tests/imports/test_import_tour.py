from odoo.tests import HttpCase, tagged

from ..common import ClientCase


@tagged("post_install", "-at_install", "client_tour")
class TestImportTour(HttpCase, ClientCase):
    def test_import_a_real_file(self):
        self.start_tour("/odoo/clients", "client_import_tour", login="clients_importer")
        client = self.Partner.search([("ref", "=", "0004-T")])
        self.assertEqual(client.name, "Maïté Saint-Léger")
        self.assertEqual(client.street, "4 rue de l'Église")
        self.assertEqual(client.zip, "01000")
        self.assertEqual(client.country_id, self.france)
        self.assertEqual(client.client_status, "client")
        self.assertIn("porte gauche<br>Sonner deux fois", client.comment)
        definition = client._get_client_properties_definition().properties_definition
        [label] = [item for item in definition if item["string"] == "code SAP"]
        self.assertEqual(client.client_properties[label["name"]], "00774")
        done = self.env["client.import"].search([("file_name", "=", "old_clients.csv")])
        self.assertEqual(done.user_id, self.users["importer"])
        self.assertEqual((done.created_count, done.rejected_count), (11, 1))
