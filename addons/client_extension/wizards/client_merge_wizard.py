from odoo import api, fields, models

from ..models.duplicates.res_partner_merge import MERGER
from ..models.labels.res_partner_properties import PROPERTIES
from .client_merge_comparison import PREFIX


class ClientMergeWizard(models.TransientModel):
    """Clients side by side: which one to keep, and whose values win."""

    _name = "client.merge.wizard"
    _description = "Merge Clients"

    partner_ids = fields.Many2many(
        "res.partner", string="Clients", context={"active_test": False}
    )
    # {"keep": id, "out": [ids], "rows": {key of a row: id of the client whose value
    # wins}}
    choices = fields.Json(export_string_translation=False)
    comparison = fields.Json(compute="_compute_comparison")
    refusal = fields.Char(compute="_compute_refusal")
    can_merge = fields.Boolean(compute="_compute_can_merge")

    @api.depends("partner_ids")
    @api.depends_context("lang")
    def _compute_comparison(self):
        room = self.env["client.merge.comparison"]
        for wizard in self:
            wizard.comparison = room._compare(wizard._get_ordered())

    @api.depends("partner_ids", "choices")
    @api.depends_context("lang")
    def _compute_refusal(self):
        for wizard in self:
            keep, sources = wizard._get_kept()
            wizard.refusal = keep._get_client_merge_refusal(sources) if keep else False

    @api.depends_context("uid")
    def _compute_can_merge(self):
        self.can_merge = self.env.user.has_group(MERGER)

    # Actions

    def action_merge(self):
        """Merge the clients, as chosen on the page."""
        self.ensure_one()
        keep, sources = self._get_kept()
        values, additional = self._prepare_values(keep, sources)
        keep._client_merge(sources, values, additional)
        return {"type": "ir.actions.act_window_close"}

    def action_not_duplicates(self):
        """Remember that the clients on the page are not the same."""
        self.ensure_one()
        keep, sources = self._get_kept()
        (keep | sources).action_client_not_duplicates()
        return {"type": "ir.actions.act_window_close"}

    def _get_action(self):
        """:return: action that opens this page"""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "client_extension.client_merge_wizard_action"
        )
        _ = self.env._
        if not self.partner_ids.filtered("client_status"):
            action["name"] = _("Merge Contacts")
        if not self.can_merge:
            action["name"] = _("Compare")
        return {**action, "res_id": self.id}

    # Choices

    def _get_ordered(self):
        """:return: the clients, the best one to keep first: a client before a prospect,
        then active, with a user, the oldest"""
        partners = self.partner_ids._origin
        rank = {"client": 0, "prospect": 1}
        return partners.sorted(
            lambda p: (
                rank.get(p.client_status, 2),
                not p.active,
                not p.user_ids,
                p.create_date,
                p.id,
            )
        )

    def _get_kept(self):
        """:return: pair: the client to keep, the clients that are merged into it"""
        choices = self.choices if isinstance(self.choices, dict) else {}
        out = choices.get("out")
        out = set(out) if isinstance(out, list) else set()
        partners = self._get_ordered()
        partners = partners.filtered(lambda partner: partner.id not in out)
        keep = partners.filtered(lambda partner: partner.id == choices.get("keep"))
        keep = keep or partners[:1]
        return keep, partners - keep

    def _get_winner(self, key, keep, sources, is_filled):
        """The client whose value wins: the user's choice, else the first with a value.

        :param str key: of the row
        :param is_filled: callable, whether a client has a value there
        :return: one ``res.partner``
        """
        choices = self.choices if isinstance(self.choices, dict) else {}
        rows = choices.get("rows")
        chosen = rows.get(key) if isinstance(rows, dict) else None
        partners = keep | sources
        winner = partners.filtered(lambda partner: partner.id == chosen)
        return winner or next(filter(is_filled, partners), keep)

    def _prepare_values(self, keep, sources):
        """The values the user chose, read before the other clients are deleted.

        :return: pair of dicts for ``write``: fields, and additional data
        """
        partners = self.env["res.partner"]
        values, additional = {}, {}
        names = partners._get_client_merge_names()
        # Only values shown as empty on the page are empty: "No" is a value.
        get_text = self.env["client.merge.comparison"]._get_text
        for key, (_name, fields_) in partners._get_client_merge_rows().items():
            if key in names:
                winner = self._get_winner(
                    key, keep, sources, lambda p, k=key, f=fields_: get_text(p, k, f)
                )
                known = [name for name in fields_ if name in partners._fields]
                values |= winner._convert_to_write({n: winner[n] for n in known})
        labels = partners._get_client_properties_definition().properties_definition
        for item in labels or []:
            name = item["name"]
            winner = self._get_winner(
                PREFIX + name, keep, sources, lambda p, i=item: self._is_filled(p, i)
            )
            is_filled = self._is_filled(winner, item)
            additional[name] = winner[PROPERTIES]._values[name] if is_filled else None
        return values, additional

    def _is_filled(self, partner, item):
        """:return: bool, whether a client has a value for a label, as shown on the
        page"""
        room = self.env["client.merge.comparison"]
        [(_text, is_filled)] = room._get_cells(
            item, [partner[PROPERTIES]._values or {}]
        )
        return is_filled
