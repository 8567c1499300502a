from odoo import api, models
from odoo.fields import Domain

#: our field for a part of a name -> the stored field that holds it here
STORED_PARTS = {"client_first_name": "firstname", "client_last_name": "lastname"}


class ResPartner(models.Model):
    """First and last name as stored by ``partner_firstname``: its parts are used here.

    Two separate guesses for one name could contradict each other.
    """

    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        partners._forget_client_name_parts()
        return partners

    def write(self, vals):
        result = super().write(vals)
        if "firstname" in vals:
            self._forget_client_name_parts()
        return result

    def _inverse_name(self):
        # The name of a group is kept where that of a company is.
        groups = self._filter_client_groups()
        for group in groups:
            group.update(group._get_inverse_name(group.name, is_company=True))
        return super(ResPartner, self - groups)._inverse_name()

    def _filter_client_groups(self):
        """:return: ``res.partner`` recordset of those that are neither a company nor
        somebody with a first and a last name"""
        return self.filtered(
            lambda partner: not partner.is_company and not partner.client_has_name_parts
        )

    def _forget_client_name_parts(self):
        result = super()._forget_client_name_parts()
        for group in self._filter_client_groups().filtered("firstname"):
            group.write(group._get_inverse_name(group.name, is_company=True))
        return result

    def _split_client_name(self):
        if not self.client_has_name_parts:
            return super()._split_client_name()
        return tuple(self[name] or "" for name in STORED_PARTS.values())

    @api.model
    def _get_client_name_fields(self):
        return [*super()._get_client_name_fields(), *STORED_PARTS.values()]

    @api.model
    def _prepare_client_name(self, first, last):
        return {"firstname": first or False, "lastname": last or False}

    @api.model
    def _get_client_part_unset_domain(self, part):
        unset = Domain(STORED_PARTS[part], "in", [False, ""])
        return ~self._get_client_person_domain() | unset

    @api.model
    def _get_stored_name(self, name):
        """Return a new name as it is stored.

        :param str name: as typed
        :return: str; where the last name comes first, "Roux, Anne" for "Roux,Anne"
        """
        parts = self._get_inverse_name(name)
        return self._get_computed_name(parts["lastname"], parts["firstname"])
