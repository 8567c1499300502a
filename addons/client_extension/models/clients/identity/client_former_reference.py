from odoo import api, fields, models
from odoo.fields import Domain

from ....importer.text.letters import compose


class ClientFormerReference(models.Model):
    """A reference that a client had before it was merged with another.

    It still finds the client: in searches, while the user types, and in files from
    systems that do not know about the merge.
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

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([_compose(vals) for vals in vals_list])

    def write(self, vals):
        result = super().write(_compose(vals))
        if "partner_id" in vals:
            # Odoo checks the access to the former client only.
            self.check_access("write")
        return result

    @api.model
    def _keep(self, partner, references):
        """Remember the references that a client loses in a merge.

        :param partner: ``res.partner`` that is kept
        :param references: list of str, of the clients that are merged into it
        """
        known = {partner.ref, *partner.client_former_reference_ids.mapped("reference")}
        lost = [ref for ref in dict.fromkeys(references) if ref and ref not in known]
        self.create([{"partner_id": partner.id, "reference": ref} for ref in lost])

    def _move_to(self, partner):
        """Move these former references to the client that theirs is merged into."""
        own = set(partner.client_former_reference_ids.mapped("reference"))
        again = self.filtered(lambda former: former.reference in own)
        again.unlink()
        for same in (self - again).grouped("reference").values():
            same[1:].unlink()
            same[:1].partner_id = partner

    @api.model
    def _get_owners(self, company, references=None):
        """The clients that a company's former references stand for in a file.

        References that a client has now are left out: its present owner comes first.

        :param company: ``res.company`` of the import
        :param references: list of references to look up, None for all
        :return: dict: former reference -> list of the references that the clients have
            now; if there are several, the file cannot use the former reference
        """
        here = Domain("company_id", "in", [False, company.id])
        asked = Domain.TRUE
        if references is not None:
            asked = Domain("reference", "in", references)
        formers = self.search_fetch(here & asked, ["reference", "partner_id"])
        if not formers:
            return {}
        # Superuser: a reference is taken even if the user cannot see its client; only
        # references are read.
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


def _compose(vals):
    """:return: the values, where the reference has composed accents"""
    reference = vals.get("reference")
    return {**vals, "reference": compose(reference)} if reference else vals
