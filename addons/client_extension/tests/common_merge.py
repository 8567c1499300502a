"""What the tests of merging share."""

from .common import ClientCase


class MergeCase(ClientCase):
    """Duplicate clients, and pages on which they are merged."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roles = {
            name: cls.env.ref(f"client_extension.client_contact_role_{name}")
            for name in ("accounting", "escort", "traveller")
        }

    def twin(self, **values):
        """:return: another client, a possible duplicate of the family"""
        return self.Partner.create(
            {"name": "Fam. Lefevre", "client_status": "client", **values}
        )

    def page(self, partners, user="manager", **choices):
        """:return: the page that compares some clients"""
        partners = partners.with_user(self.users[user])
        action = partners.action_client_compare()
        page = self.env[action["res_model"]].with_user(self.users[user])
        page = page.browse(action["res_id"])
        if choices:
            page.choices = choices
        return page

    def merge(self, keep, *others, user="manager", **rows):
        """Merge others into one, on the page, choosing the value of some rows."""
        partners = keep.union(*others)
        self.page(partners, user, keep=keep.id, rows=rows).action_merge()
        self.env.invalidate_all()

    def move(self, partner, move_type="out_invoice", **values):
        """:return: a draft document of a partner"""
        return self.env["account.move"].create(
            {"move_type": move_type, "partner_id": partner.id, **values}
        )

    def line(self, client, contact, **values):
        """:return: a new contact of a client"""
        return self.env["client.contact"].create(
            {"client_id": client.id, "contact_id": contact.id, **values}
        )
