from odoo import api, models

#: in the context while the files of imports are stored
WORDLESS = "client_import_wordless"
#: models with files of clients
OWNERS = "client.import"


class IrAttachment(models.Model):
    """Keeps the words of imported files out of the index of all files.

    Nobody looks for a client there, and it would be a second copy of the addresses of
    all of them.
    """

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        if not all(str(vals.get("res_model")).startswith(OWNERS) for vals in vals_list):
            return super().create(vals_list)
        wordless = self.with_context(**{WORDLESS: True})
        return super(IrAttachment, wordless).create(vals_list).with_env(self.env)

    @api.model
    def _index(self, bin_data, file_type, checksum=None):
        if self.env.context.get(WORDLESS):
            return None
        return super()._index(bin_data, file_type, checksum=checksum)
