"""The field for a file of clients."""

from odoo import fields

#: MIME type that Odoo does not treat as text
TYPE = "application/csv"
#: how a workbook begins, in base64
WORKBOOK = "UEsD"


class ImportFile(fields.Binary):
    """Keeps the content of a file of clients out of Odoo's index of attachments.

    Odoo stores the words of each text file to search them. Nobody searches for a
    client there, and it would be a second copy of all their addresses.
    """

    def create(self, record_values):
        """Store the files of new records as Odoo does, each with its type."""
        books = [(record, value) for record, value in record_values if _is_book(value)]
        texts = [pair for pair in record_values if pair[1] and not _is_book(pair[1])]
        result = super().create(books)
        if texts:
            # Superuser, as in Odoo's own field: whoever makes the record may store
            # its file.
            attachments = texts[0][0].env["ir.attachment"].sudo()
            attachments.create([self._prepare_file(*pair) for pair in texts])
        return result

    def _prepare_file(self, record, value):
        return {
            "datas": value,
            "mimetype": TYPE,
            "name": self.name,
            "res_field": self.name,
            "res_id": record.id,
            "res_model": self.model_name,
        }


def _is_book(value):
    return bool(value) and value[: len(WORKBOOK)] in (WORKBOOK, WORKBOOK.encode())
