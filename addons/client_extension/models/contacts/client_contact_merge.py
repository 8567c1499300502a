from odoo import api, models
from odoo.fields import Command, Domain


class ClientContact(models.Model):
    """Merges the lines of clients and persons that are merged."""

    _inherit = "client.contact"

    @api.model
    def _get_pairs(self, ids):
        """Find which of these partners are contacts of each other.

        :param list ids: of partners
        :return: set of pairs of ids, the lower first
        """
        # Superuser: nothing is shown; a client and its contact differ for all users.
        lines = self.sudo().search_fetch(
            Domain("client_id", "in", ids) & Domain("contact_id", "in", ids),
            ["client_id", "contact_id"],
        )
        return {tuple(sorted((c.client_id.id, c.contact_id.id))) for c in lines}

    @api.model
    def _merge_lines(self, sources, partner):
        """Put `partner` in the place of `sources`, as client and as person.

        Lines of the same client and person are joined. A client keeps its main contact:
        the one of the partner that is kept, else the first of the others.

        :param sources: ``res.partner`` recordset that is about to be deleted
        :param partner: ``res.partner`` that is kept
        """
        merged = sources | partner
        domain = Domain("client_id", "in", merged.ids)
        lines = self.search(domain | Domain("contact_id", "in", merged.ids))
        # The lines of the partner that is kept come first: they win.
        lines = lines.sorted(
            lambda line: partner not in (line.client_id, line.contact_id)
        )
        by_pair = {}
        for line in lines:
            pair = tuple(
                partner if side in merged else side
                for side in (line.client_id, line.contact_id)
            )
            by_pair[pair] = by_pair.get(pair, self.browse()) + line
        for (client, contact), same in by_pair.items():
            if client == contact:
                # A client cannot be its own contact.
                same.unlink()
            else:
                same._join(client, contact)

    def _join(self, client, contact):
        """Join these lines: the first one takes over the data of the others."""
        first, others = self[0], self[1:]
        values = first._prepare_joined(others)
        values["is_main"] = first._stays_main(self, client)
        if first.client_id != client:
            values["client_id"] = client.id
        if first.contact_id != contact:
            values["contact_id"] = contact.id
        others.unlink()
        first.write(values)

    def _prepare_joined(self, others):
        """:return: dict for ``write``: all roles, the longest period, each note once"""
        self.ensure_one()
        if not others:
            return {}
        lines = self + others
        starts, ends = lines.mapped("date_start"), lines.mapped("date_end")
        notes = dict.fromkeys(filter(None, lines.mapped("note")))
        return {
            "role_ids": [Command.set(lines.role_ids.ids)],
            "date_start": min(starts) if all(starts) else False,
            "date_end": max(ends) if all(ends) else False,
            "note": " / ".join(notes) or False,
        }

    def _stays_main(self, same, client):
        """:return: bool, whether this line is the main contact after the merge"""
        self.ensure_one()
        main = Domain("client_id", "=", client.id) & self._get_main_domain()
        mains = self.search(main) - same
        own_main = same._filter_main()
        if self.client_id == client and own_main.filtered(
            lambda line: line.client_id == client
        ):
            return True
        return bool(own_main) and not mains
