from odoo import api, fields, models

from .res_company import POST

#: in the context while an import writes clients; an object, so that it cannot be sent
#: from outside
LETTERLESS = "client_import_letterless"


class Letterless(frozenset):
    """Ids of partners without any letter."""

    def covers(self, domain):
        """Whether a search finds nothing because it is only for letters of these.

        :param domain: list of conditions that must all be true, or any other domain
        :return: bool
        """
        is_plain = isinstance(domain, list) and not any(map(_is_operator, domain))
        return is_plain and any(
            tuple(leaf[:2]) == ("partner_id", "in") and self.issuperset(leaf[2])
            for leaf in domain
        )


def _is_operator(leaf):
    return isinstance(leaf, str)


class SnailmailLetter(models.Model):
    _inherit = "snailmail.letter"

    client_letter_id = fields.Many2one(
        "client.letter",
        string="Letter",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )

    def _generate_report_pdf(self, report):
        letter = self.client_letter_id
        if not letter:
            return super()._generate_report_pdf(report)
        reports = self.env["ir.actions.report"].with_context(**{POST: not self.cover})
        content, _kind = reports._render_qweb_pdf(report, letter.ids)
        return f"{letter.name}.pdf", content

    @api.model
    def search(self, domain, offset=0, limit=None, order=None):
        letterless = self.env.context.get(LETTERLESS)
        if isinstance(letterless, Letterless) and letterless.covers(domain):
            return self.browse()
        return super().search(domain, offset=offset, limit=limit, order=order)
