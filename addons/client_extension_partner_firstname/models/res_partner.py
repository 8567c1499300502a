from odoo import api, models
from odoo.fields import Domain

#: our field for a part of a name -> the stored field that holds it here
STORED_PARTS = {"client_first_name": "firstname", "client_last_name": "lastname"}


class ResPartner(models.Model):
    """First and last name as stored by ``partner_firstname``: its parts are used here.

    Two separate guesses for one name could contradict each other.
    """

    _inherit = "res.partner"

    def _split_client_name(self):
        if self.is_company:
            return super()._split_client_name()
        return tuple(self[name] or "" for name in STORED_PARTS.values())

    @api.model
    def _prepare_client_name(self, first, last):
        return {"firstname": first or False, "lastname": last or False}

    @api.model
    def _get_client_part_unset_domain(self, part):
        unset = Domain(STORED_PARTS[part], "in", [False, ""])
        return Domain("is_company", "=", True) | unset

    @api.model
    def _get_stored_name(self, name):
        """Return a new name as it is stored.

        :param str name: as typed
        :return: str; where the last name comes first, "Roux, Anne" for "Roux,Anne"
        """
        parts = self._get_inverse_name(name)
        return self._get_computed_name(parts["lastname"], parts["firstname"])
