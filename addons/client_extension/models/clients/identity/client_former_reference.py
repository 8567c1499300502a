from odoo import api, fields, models
from odoo.fields import Domain


class ClientFormerReference(models.Model):
    """A reference that a client had before it was merged with another.

    It goes on finding the client: in searches, while one types, and in the files of
    systems that know nothing of the merge.
    """

    _name = "client.former.reference"
    _description = "Former Client Reference"
    _order = "reference, id"
    _rec_name = "reference"

    partner_id = fields.Many2one(
        "res.partner", string="Client", required=True, index=True, ondelete="cascade"
    )
    reference = fields.Char(required=True, index=True)
    company_id = fields.Many2one(
        related="partner_id.company_id", store=True, index="btree_not_null"
    )

    _one_each = models.UniqueIndex(
        "(partner_id, reference)",
        "This client already has this former reference.",
    )

    @api.model
    def _keep(self, partner, references):
        """Remember the references that a client loses in a merge.

        :param partner: ``res.partner`` that is kept
        :param references: list of str, of those that are merged into it
        """
        known = {partner.ref, *partner.client_former_reference_ids.mapped("reference")}
        lost = [ref for ref in dict.fromkeys(references) if ref and ref not in known]
        self.create([{"partner_id": partner.id, "reference": ref} for ref in lost])

    def _move_to(self, partner):
        """Give these former references to the client that swallows theirs."""
        own = set(partner.client_former_reference_ids.mapped("reference"))
        again = self.filtered(lambda former: former.reference in own)
        again.unlink()
        for same in (self - again).grouped("reference").values():
            same[1:].unlink()
            same[:1].partner_id = partner

    @api.model
    def _get_owners(self, company, references=None):
        """Whom the former references of a company stand for in a file.

        Not those that a living client has: a reference is first of all its owner's.

        :param company: ``res.company`` of the import
        :param references: list of those that are asked for, None for all
        :return: dict: former reference -> list of the references that the clients
            have now; more than one is a reference that the file cannot use
        """
        here = Domain("company_id", "in", [False, company.id])
        asked = Domain.TRUE
        if references is not None:
            asked = Domain("reference", "in", references)
        formers = self.search_fetch(here & asked, ["reference", "partner_id"])
        if not formers:
            return {}
        # Superuser: a reference is taken also where the user may not see by whom;
        # nothing but references is read.
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        here &= Domain("parent_id", "=", False)
        taken = here & Domain("ref", "in", formers.mapped("reference"))
        taken = set(partners.search_fetch(taken, ["ref"]).mapped("ref"))
        owners = {}
        for former in formers:
            reference = former.partner_id.sudo().ref
            if reference and former.reference not in taken:
                owners.setdefault(former.reference, []).append(reference)
        return owners

    @api.model
    def _get_successors(self, company):
        """:return: dict: former reference -> the one reference that it stands for"""
        owners = self._get_owners(company)
        return {former: owned[0] for former, owned in owners.items() if len(owned) == 1}
