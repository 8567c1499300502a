from odoo import api, models


class ClientImportMessages(models.AbstractModel):
    """The sentences of what an import refused, in the language of who reads them."""

    _name = "client.import.messages"
    _description = "Wording of Import Problems"

    @api.model
    def _get_message(self, code, params):
        """Put one problem into words.

        :param code: a code of ``importer.problems.CODES``, or one of a bridge
        :param params: dict of what the sentence needs
        :return: str, the sentence
        """
        return self._get_messages([(code, params)])[0]

    @api.model
    def _get_messages(self, problems):
        """The same for many problems.

        :param problems: list of pairs (code, params)
        :return: list of str
        """
        sentences = self._get_sentences()
        return [_fill(sentences.get(code, code), params) for code, params in problems]

    @api.model
    def _get_sentences(self):
        """All sentences by code.

        :return: dict of str with named placeholders; overridden by bridges that
            have problems of their own
        """
        return {
            **self._get_file_sentences(),
            **self._get_header_sentences(),
            **self._get_row_sentences(),
            **self._get_cell_sentences(),
            **self._get_match_sentences(),
            **self._get_apply_sentences(),
        }

    @api.model
    def _get_file_sentences(self):
        _ = self.env._
        return {
            "file_empty": _("The file is empty."),
            "file_no_rows": _("The file has a header and no rows."),
            "file_not_text": _(
                "This is not a text file (%(kind)s). Save it as CSV and try again."
            ),
            "file_encoding_unknown": _("There is no encoding called “%(value)s”."),
            "file_encoding_wrong": _(
                "The file is not encoded in %(value)s: line %(line)s or one shortly "
                "after it cannot be read. Choose another encoding."
            ),
            "file_encoding_mixed": _(
                "The file is encoded in UTF-8 up to line %(line)s and in something "
                "else from there. Save it again in one encoding, or choose one here."
            ),
            "file_delimiter": _(
                "“%(value)s” cannot be the separator: it has to be one character, and "
                "no quote."
            ),
            "file_workbook_broken": _(
                "The spreadsheet is damaged or incomplete. Open it in your "
                "spreadsheet program, save it again and try again."
            ),
            "file_workbook_format": _(
                "A file of this kind (%(kind)s) cannot be imported. Save it as XLSX, "
                "ODS or CSV and try again."
            ),
            "file_workbook_password": _(
                "The spreadsheet is protected by a password. Save it without one and "
                "try again."
            ),
            "file_workbook_size": _(
                "The spreadsheet unpacks to more than a real one could hold "
                "(%(value)s). Save it as CSV and try again."
            ),
        }

    @api.model
    def _get_header_sentences(self):
        _ = self.env._
        return {
            "header_no_reference": _(
                "The file has no column “reference”. Its columns are: %(value)s."
            ),
            "header_duplicate": _(
                "The columns “%(other)s” (number %(first)s) and “%(column)s” (number "
                "%(second)s) are the same: keep one of them."
            ),
            "header_quote": _("A quote in the header (line %(line)s) is never closed."),
            "header_target": _(
                "The column “%(column)s” cannot become “%(value)s”: the import has no "
                "such column."
            ),
        }

    @api.model
    def _get_row_sentences(self):
        _ = self.env._
        return {
            "row_quote": _("A quote of this row is never closed, or closed too soon."),
            "row_in_quote": _(
                "This line may belong to the row of line %(first)s, whose quote is "
                "never closed."
            ),
            "row_extra_cells": _(
                "The row has more cells than the header: “%(value)s” is under no "
                "column."
            ),
            "row_too_long": _("The row is longer than any client could need."),
            "row_no_reference": _("The row has no reference."),
            "row_no_name": _("A name is needed to create a client."),
            "row_contact_no_name": _(
                "The contact has no name, and the client has no main contact whom the "
                "row could mean."
            ),
            "row_header": _("The row repeats the header."),
        }

    @api.model
    def _get_cell_sentences(self):
        _ = self.env._
        return {
            "cell_flag": _("“%(value)s” is neither yes nor no."),
            "cell_type": _("“%(value)s” is neither an individual nor a company."),
            "cell_status": _("“%(value)s” is neither a prospect nor a client."),
            "cell_email": _("“%(value)s” is not an e-mail address."),
            "cell_unknown": _("“%(value)s” is unknown as %(column)s."),
            "cell_several": _("“%(value)s” may mean several things as %(column)s."),
            "cell_clear": _("The column %(column)s cannot be cleared."),
            "cell_no_label": _(
                "“%(column)s” is no label of additional data yet, and you may not add "
                "one."
            ),
            "cell_error": _(
                "The cell %(column)s holds the error “%(value)s” in place of a value."
            ),
            "cell_formula": _(
                "The formula in the cell %(column)s has no result in the file. Open it "
                "in your spreadsheet program, save it and try again."
            ),
            "cell_long": _(
                "The text in %(column)s is longer than %(most)s characters."
            ),
            "cell_kind": _("“%(value)s” does not fit %(column)s (%(kind)s)."),
            "cell_unclear": _(
                "“%(value)s” may mean %(large)s or %(small)s as %(column)s: write one "
                "of them in that way."
            ),
        }

    @api.model
    def _get_match_sentences(self):
        _ = self.env._
        return {
            "match_exists": _(
                "The reference “%(value)s” is already that of %(client)s."
            ),
            "match_missing": _("No client has the reference “%(value)s”."),
            "match_several": _(
                "The reference “%(value)s” is that of %(count)s partners: %(clients)s."
            ),
            "match_taken": _(
                "The reference “%(value)s” is already that of a client whom you may "
                "not see."
            ),
            "match_repeated": _(
                "The reference “%(value)s” is already on line %(first)s of this file."
            ),
            "match_changed": _(
                "The client with the reference “%(value)s” is no longer the one that "
                "the check found. Check the file again."
            ),
        }

    @api.model
    def _get_apply_sentences(self):
        _ = self.env._
        return {
            "apply_refused": _("Odoo refused the row: %(reason)s"),
            "apply_access": _("You may not do this: %(reason)s"),
            "apply_failed": _("The row could not be stored: %(reason)s"),
        }


def _fill(sentence, params):
    """Fill in the placeholders; what is missing shows as nothing."""
    return sentence % _Params(params)


class _Params(dict):
    def __missing__(self, key):
        return ""
