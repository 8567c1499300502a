from odoo import api, models


class ClientImportIndex(models.AbstractModel):
    """Former references that more than one client had."""

    _inherit = "client.import.index"

    @api.model
    def _get_index(self, client_import, references, columns, labels):
        index = super()._get_index(client_import, references, columns, labels)
        # One that means one client is read as the reference of that client, see
        # client_import.py. Of several, all are named: a problem, never a guess.
        missing = [reference for reference in references if reference not in index]
        formers = self.env["client.former.reference"]
        owners = formers._get_owners(client_import.company_id, missing)
        living = sorted({ref for owned in owners.values() for ref in owned})
        if living:
            found = super()._get_index(client_import, living, columns, labels)
            for former, owned in owners.items():
                index[former] = tuple(
                    candidate
                    for reference in owned
                    for candidate in found.get(reference, ())
                )
        return {reference: found for reference, found in index.items() if found}
