from odoo import models


class ClientTraveller(models.Model):
    """What is kept of lists that were sent goes with the identity they told of.

    A hash of a birth date is soon found again by who holds a copy of the database: it
    may not outlive the date.
    """

    _inherit = "client.traveller"  # pylint: disable=consider-merging-classes-inherited

    def unlink(self):
        # Superuser: trips of all companies; nothing of them is read or shown.
        people = self.env["client.trip.participant"].sudo()
        people = people.search([("contact_id", "in", self.person_id.ids)])
        result = super().unlink()
        people._forget_sent()
        return result
