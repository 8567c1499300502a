from odoo import api, models
from odoo.fields import Domain

from ...tools.name_keys import group_by_keys, name_keys

#: reasons that are looked for among contacts: the others are of the company above them
REASONS = ("email", "phone")


class ClientDuplicateSearch(models.Model):
    """The contacts of clients, among whom one person may be there twice."""

    _inherit = "client.duplicate.search"

    @api.model
    def _get_domain(self):
        # Asked like this, lines that the user may not see do not count.
        of_client = Domain("client_id.client_status", "!=", False)
        return super()._get_domain() | Domain("client_of_ids", "any", of_client)

    def _search_key(self, code, names):
        result = super()._search_key(code, names)
        if code in REASONS:
            self._keep(code, self._get_same_persons(names))
        return result

    def _get_same_persons(self, names):
        """Contacts who have a value in common, with each other or with a client, and
        are called alike: those of one client share its phone and its mailbox.

        :param names: names of stored text fields
        :return: list of lists of ids, a contact who is no client in each
        """
        sets = self._get_same_values(names, self._get_domain())
        ids = list({one for ids in sets for one in ids})
        partners = self._get_partners().browse(ids)
        partners.fetch(["name", "client_status"])
        clients = set(partners.filtered("client_status").ids)
        names = {partner.id: name_keys(partner.name) for partner in partners}
        found = []
        for ids in sets:
            if not clients.issuperset(ids):
                found += group_by_keys((one, names[one]) for one in ids)
        return [ids for ids in found if not clients.issuperset(ids)]
