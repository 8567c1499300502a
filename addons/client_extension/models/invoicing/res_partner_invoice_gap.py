from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..overview.res_partner_figure import SALES

ADDRESS = ("street", "zip", "city", "country_id")


class ResPartner(models.Model):
    """What is missing before a client gets its first invoice; nothing is blocked."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    client_invoice_gap_fields = fields.Char(
        compute="_compute_client_invoice_gap_fields",
        groups="base.group_user",
        export_string_translation=False,
        help="Names of the fields that the dialog before the first invoice asks for.",
    )
    client_invoice_gap_sentences = fields.Text(
        string="Missing for the First Invoice",
        compute="_compute_client_invoice_gap_fields",
        groups="base.group_user",
    )

    # It deliberately depends on no field: a field of the dialog stays while it is
    # filled in.
    def _compute_client_invoice_gap_fields(self):
        for partner in self:
            gaps = partner._get_client_invoice_gaps()
            names = ",".join(partner._get_client_gap_fields(gaps))
            partner.client_invoice_gap_fields = f",{names},"
            partner.client_invoice_gap_sentences = "\n".join(
                f"• {gap['sentence']}" for gap in gaps
            )

    def _get_client_gap_fields(self, gaps):
        """The fields that the dialog before the first invoice shows.

        :param list gaps: see :meth:`_get_client_invoice_gaps`
        :return: list of str; an address is shown as a whole
        """
        names = {gap["field"] for gap in gaps}
        for prefix in ("", "client_invoice_"):
            address = {f"{prefix}{name}" for name in ADDRESS}
            if names & address:
                names |= address
        return sorted(names)

    # Actions

    def action_client_new_invoice(self):
        """Open a new customer invoice, after what is missing where it is the first one.

        :return: dict, an ``ir.actions.act_window``
        """
        self._check_client_invoicing()
        if not self.get_client_invoice_gaps():
            return self.action_client_create_invoice()
        form = self.env.ref("client_extension.res_partner_view_form_invoice_gaps")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Before the First Invoice"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(form.id, "form")],
            "target": "new",
            "context": {"dialog_size": "medium"},
        }

    def action_client_create_invoice(self):
        """Open Odoo's form of a new customer invoice of this client.

        :return: dict, an ``ir.actions.act_window``
        """
        self._check_client_invoicing()
        invoice = self._prepare_client_invoice()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Invoice"),
            "res_model": "account.move",
            "views": [(False, "form")],
            "target": "current",
            "context": {f"default_{name}": value for name, value in invoice.items()},
        }

    def _check_client_invoicing(self):
        self.ensure_one()
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(
            "account.group_account_invoice"
        ):
            raise AccessError(
                self.env._(
                    "You are not allowed to create invoices. Ask an administrator for "
                    "the right."
                )
            )
        if not self._is_client_of_company():
            raise UserError(self._get_client_no_target_sentence())

    # Gaps

    @api.readonly
    def get_client_invoice_gaps(self):
        """What is missing before the first invoice of this client.

        :return: list of dict, see :meth:`_get_client_invoice_gaps`; empty once the
            client has a posted invoice
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user._is_internal() or self._has_client_posted_invoice():
            return []
        return self._get_client_invoice_gaps()

    def _has_client_posted_invoice(self):
        """:return: bool, whether one of the user's companies invoiced this client"""
        domain = [
            ("partner_id", "child_of", self.commercial_partner_id.id),
            ("move_type", "in", SALES),
            ("state", "=", "posted"),
            ("company_id", "in", self.env.companies.ids),
        ]
        # Superuser: the answer is whether there is one. Users who may not see invoices
        # are not to be asked again either.
        return bool(self.env["account.move"].sudo().search(domain, limit=1))

    def _get_client_invoice_gaps(self):
        """What an invoice to this client would lack.

        :return: list of dict with ``field`` (of the client), ``sentence`` and
            ``blocks``, true where Odoo refuses to send the invoice; overridden for what
            a country asks
        """
        self.ensure_one()
        gaps = [self._get_client_address_gap()]
        if not self.lang:
            sentence = self.env._("The language of the invoice is missing.")
            gaps.append(self._prepare_client_gap("lang", sentence))
        gaps += [self._get_client_vat_gap(), self._get_client_email_gap()]
        return [gap for gap in gaps if gap]

    @api.model
    def _prepare_client_gap(self, field, sentence, blocks=False):
        """:return: dict, one of :meth:`_get_client_invoice_gaps`"""
        return {"field": field, "sentence": sentence, "blocks": blocks}

    def _get_client_address_gap(self):
        invoiced = self.browse(self.address_get(["invoice"])["invoice"])
        missing = [name for name in ADDRESS if not invoiced[name]]
        if (
            "zip" in missing
            and invoiced.country_id
            and not invoiced.country_id.zip_required
        ):
            missing.remove("zip")
        if not missing:
            return None
        labels = [invoiced._fields[name].get_description(self.env) for name in missing]
        sentence = self.env._(
            "The invoice address is incomplete: %s.",
            ", ".join(label["string"] for label in labels),
        )
        own = invoiced != self.client_invoice_partner_id
        prefix = "" if own else "client_invoice_"
        return self._prepare_client_gap(f"{prefix}{missing[0]}", sentence)

    def _get_client_vat_gap(self):
        commercial = self.commercial_partner_id
        union = "EU" in (commercial.country_id.country_group_codes or [])
        if not (commercial.is_company and union) or commercial.vat:
            return None
        sentence = self.env._(
            "The tax ID of a company in the European Union is missing."
        )
        return self._prepare_client_gap("vat", sentence)

    def _get_client_email_gap(self):
        invoiced = self.browse(self.address_get(["invoice"])["invoice"])
        if invoiced.email or self._get_client_recipients("gets_invoices"):
            return None
        own = invoiced != self.client_invoice_partner_id
        return self._prepare_client_gap(
            "email" if own else "client_invoice_email",
            self.env._("There is no email address to send the invoice to."),
            blocks=self.commercial_partner_id.invoice_sending_method == "email",
        )
