from odoo import models
from odoo.fields import Domain


class ResPartner(models.Model):
    """What imports know of a person goes when the person is deleted.

    The lines of the change logs stay, so that the counts of an import still add up.
    What was typed over rejected rows goes with the client that has their reference.
    Files, rejected rows and the values of problems have no link to a person: they go
    with time, see ``client.import.retention``.
    """

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def unlink(self):
        # Superuser: whoever deletes a person deletes their data in every import.
        changes = self.env["client.import.change"].sudo()
        own = Domain("partner_id", "in", self.ids)
        found = changes.search(own | changes._get_persons_domain(self.ids))
        gone = found.filtered(lambda change: change.partner_id in self)
        previews = self.env["client.import.preview"].sudo().search(own)
        references = {(p.ref, p.company_id.id) for p in self.exists() if p.ref}
        # The references to these partners are emptied along with them, and where the
        # deletion is refused nothing of this is lost.
        result = super().unlink()
        gone._clear_values()
        (found - gone)._clear_contact_values()
        previews.unlink()
        self.env["client.import"]._erase_corrections(references)
        return result
