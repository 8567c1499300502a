from odoo.tests import HttpCase, tagged

from ..common_merge import MergeCase


@tagged("post_install", "-at_install", "client_tour")
class TestMergeTour(MergeCase, HttpCase):
    """A manager of the Clients app, not an administrator, in a real browser."""

    def twins(self):
        """:return: two who may be the family; the second is somebody else"""
        return self.twin(
            email="lefevre@example.com",
            ref="T-0100",
            street="3 rue des Lilas",
            city="Nice",
        ), self.twin(name="Lefebvre", email="lefevre@example.com", ref="T-0101")

    def test_merge_from_the_banner(self):
        twin, other = self.twins()
        self.supplier.ref = False
        url = f"/odoo/clients/{self.family.id}"
        self.start_tour(url, "client_merge_banner_tour", login="clients_manager")
        self.assertFalse(twin.exists())
        self.assertTrue(other.exists())
        self.assertEqual(self.family.street, "3 rue des Lilas")
        self.assertEqual(self.family.name, "Famille Lefèvre")

    def test_find_duplicates_and_work_through_them(self):
        twin, other = self.twins()
        college = self.twin(name="Collège J. Moulin", vat=self.school.vat)
        known = self.family | self.school | twin | other | college
        partners = self.Partner.with_context(active_test=False)
        partners.search(
            [("client_status", "!=", False), ("id", "not in", known.ids)]
        ).client_status = False
        self.start_tour(
            "/odoo/clients", "client_find_duplicates_tour", login="clients_manager"
        )
        self.assertEqual(len((self.family | twin).exists()), 1)
        self.assertTrue((other | college | self.school).exists())
