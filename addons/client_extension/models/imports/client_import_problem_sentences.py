from odoo import api, models


class ClientImportProblem(models.Model):
    """What is said about each problem."""

    _inherit = "client.import.problem"

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
            "file_missing": _(
                "The file is no longer stored on the server. Select it again."
            ),
            "file_empty": _("The file is empty."),
            "file_no_rows": _("The file has a header but no rows."),
            "file_not_text": _(
                "This is not a text file (%(kind)s). Save it as CSV and try again."
            ),
            "file_encoding_unknown": _(
                "There is no encoding named “%(value)s”. Select another one."
            ),
            "file_encoding_wrong": _(
                "The file is not encoded in %(value)s: line %(line)s, or "
                "one shortly after it, cannot be read. Select another "
                "encoding."
            ),
            "file_encoding_mixed": _(
                "The file is encoded in UTF-8 up to line %(line)s, but "
                "differently from there on. Save it again in a single "
                "encoding, or select one here."
            ),
            "file_encoding_asked": _(
                "The encoding of the file is not certain, so accents and other "
                "letters may be wrong. Choose the encoding in which all words are "
                "right."
            ),
            "file_encoding_guessed": _(
                "The file does not say how it is encoded. It is read as %(encoding)s, "
                "for example: %(value)s."
            ),
            "file_signs_asked": _(
                "The file contains characters that no name has: %(value)s. Number of "
                "rows: %(count)s. Correct the file, or choose whether to import them."
            ),
            "file_delimiter": _(
                "“%(value)s” cannot be used as the separator. It must be "
                "a single character other than a quotation mark."
            ),
            "file_workbook_broken": _(
                "The spreadsheet is damaged or incomplete. Open it in your "
                "spreadsheet program, save it again and try again."
            ),
            "file_workbook_format": _(
                "Files of this type (%(kind)s) cannot be imported. Save "
                "the file as XLSX, ODS or CSV and try again."
            ),
            "file_workbook_password": _(
                "The spreadsheet is password-protected. Save it without a "
                "password and try again."
            ),
            "file_workbook_size": _(
                "The spreadsheet is far too large once unpacked "
                "(%(value)s). Save it as CSV and try again."
            ),
            "file_time": _(
                "Reading the file takes too long. Split it into smaller files."
            ),
            "file_repeated": _(
                "One reference is on too many rows: %(count)s. The maximum is "
                "%(most)s. Check which column holds the reference."
            ),
        }

    @api.model
    def _get_header_sentences(self):
        _ = self.env._
        return {
            "header_no_reference": _(
                "The file has no “reference” column. Its columns are: %(value)s."
            ),
            "header_duplicate": _(
                "The columns “%(other)s” (number %(first)s) and "
                "“%(column)s” (number %(second)s) stand for the same "
                "field. Keep only one of them."
            ),
            "header_quote": _(
                "A quotation mark in the header (line %(line)s) is never "
                "closed. Close it and try again."
            ),
            "header_target": _(
                "The column “%(column)s” cannot be mapped to “%(value)s”: "
                "the import has no such field. Select another one."
            ),
            "header_changed": _(
                "The column “%(column)s” is no longer read as before, because the apps "
                "have changed. Check the file again. After an import, import its "
                "rejected rows as a new file."
            ),
            "header_order": _(
                "The header is repeated on line %(line)s with its columns in another "
                "order. Import the rows from there on as a separate file."
            ),
            "header_columns": _(
                "The file has too many columns: %(count)s. The maximum is %(most)s."
            ),
            "header_dates_asked": _(
                "The dates in “%(column)s” are written in two orders: %(value)s. "
                "Choose whether the day or the month comes first. Dates in the other "
                "order are rejected."
            ),
            "header_dates_found": _(
                "The dates in “%(column)s” could have the day or the month first. They "
                "are read as follows: %(value)s."
            ),
            "header_nulls": _(
                "The column “%(column)s” contains %(value)s. Number of rows: "
                "%(count)s. Choose whether this is text or an empty cell."
            ),
            "header_labels": _(
                "This file would add many new labels for all clients: %(count)s. Up "
                "to %(most)s are added without asking. Confirm with “Add All New "
                "Labels”, or ignore the columns that you do not need."
            ),
        }

    @api.model
    def _get_row_sentences(self):
        _ = self.env._
        return {
            "row_quote": _(
                "A quotation mark in this row is never closed, or is closed too early."
            ),
            "row_in_quote": _(
                "This line may belong to the row that starts on line "
                "%(first)s, where a quotation mark is never closed."
            ),
            "row_extra_cells": _(
                "The row has more cells than the header: “%(value)s” does "
                "not belong to any column. If a text contains the separator, put it in "
                "quotation marks."
            ),
            "row_cut": _(
                "The row seems to be cut in the wrong place: a separator or line break "
                "inside a text splits it. Put the text in quotation marks."
            ),
            "row_short": _(
                "Rows with fewer cells than the header: %(count)s (lines %(lines)s). "
                "The missing cells are read as empty."
            ),
            "row_wide": _(
                "Rows with more separators than the header: %(count)s (lines "
                "%(lines)s). The extra cells are empty."
            ),
            "row_signs": _(
                "Rows with invisible characters inside their cells: %(count)s (lines "
                "%(lines)s). These characters are not imported."
            ),
            "row_too_long": _("The row is too long to be imported. Shorten its cells."),
            "row_no_reference": _("The row has no reference. Fill it in."),
            "row_no_name": _("A name is required to create a client. Fill it in."),
            "row_contact_no_name": _(
                "The contact has no name, and the client has no main "
                "contact to update. Fill in the contact's name."
            ),
            "row_header": _("The row repeats the header. Remove it."),
            "row_repeated": _(
                "The reference “%(value)s” is on several rows (lines %(lines)s). "
                "They are imported one after the other."
            ),
            "row_repeated_more": _(
                "Other references that are on several rows: %(count)s."
            ),
        }

    @api.model
    def _get_cell_sentences(self):
        _ = self.env._
        return {
            "cell_flag": _("“%(value)s” is not valid here. Use yes or no."),
            "cell_type": _("“%(value)s” is not a type. Use individual or company."),
            "cell_status": _("“%(value)s” is not a status. Use prospect or client."),
            "cell_email": _("“%(value)s” is not a valid email address."),
            "cell_unknown": _(
                "“%(value)s” in %(column)s is unknown. Check the spelling, select its "
                "meaning on the Values page, or create it in Odoo first."
            ),
            "cell_several": _(
                "“%(value)s” in %(column)s is ambiguous: several records match. Select "
                "its meaning on the Values page."
            ),
            "cell_protected": _(
                "Not imported into %(column)s because the client has posted invoices: "
                "“%(value)s”. To import it, check the file again and select “Overwrite "
                "Data on Invoices”."
            ),
            "cell_clear": _("The value of %(column)s cannot be cleared."),
            "cell_no_label": _(
                "“%(column)s” is not a label yet, and you are not allowed "
                "to add labels. Ask a manager of the Clients app."
            ),
            "cell_error": _(
                "The cell in %(column)s contains the error “%(value)s” "
                "instead of a value."
            ),
            "cell_formula": _(
                "The formula in %(column)s has no saved result. Open the "
                "file in your spreadsheet program, save it and try again."
            ),
            "cell_null": _(
                "Words such as “%(value)s” in %(column)s are read as empty cells. "
                "Number of rows: %(count)s."
            ),
            "cell_long": _(
                "The text in %(column)s is longer than %(most)s characters. Shorten it."
            ),
            "cell_kind": _("“%(value)s” is not valid for %(column)s (type: %(kind)s)."),
            "cell_unclear": _(
                "“%(value)s” in %(column)s can mean %(large)s or "
                "%(small)s. Write it in one of these two ways."
            ),
        }

    @api.model
    def _get_kind_sentences(self):
        """How to write a value of each type of additional data.

        :return: dict: type -> str, instead of the sentence of ``cell_kind``; with
            ``_more`` after the type where there are more choices than are named
        """
        _ = self.env._
        return {
            "integer": _(
                "“%(value)s” in %(column)s (type: %(kind)s) is not a whole number. "
                "Write digits only, for example 1200."
            ),
            "float": _(
                "“%(value)s” in %(column)s (type: %(kind)s) is not a number. Write it "
                "without a unit, for example 1200.50."
            ),
            "date": _(
                "“%(value)s” in %(column)s is not a date. Write it as 2026-12-31 or "
                "31/12/2026."
            ),
            "boolean": _(
                "“%(value)s” is not valid for %(column)s (type: %(kind)s). Write yes "
                "or no."
            ),
            "selection": _(
                "“%(value)s” is not one of the choices of %(column)s: %(choices)s."
            ),
            "selection_more": _(
                "“%(value)s” is not one of the choices of %(column)s: %(choices)s. "
                "Other choices: %(more)s."
            ),
        }

    @api.model
    def _get_match_sentences(self):
        _ = self.env._
        return {
            "match_exists": _(
                "The reference “%(value)s” is already used by %(client)s."
            ),
            "match_missing": _("No client has the reference “%(value)s”."),
            "match_several": _(
                "The reference “%(value)s” is used by several records "
                "(%(count)s): %(clients)s. Make it unique first."
            ),
            "match_taken": _(
                "The reference “%(value)s” is already used by a client "
                "you do not have access to."
            ),
            "match_repeated": _(
                "The reference “%(value)s” already appears on line "
                "%(first)s of this file."
            ),
            "match_changed": _(
                "The reference “%(value)s” no longer belongs to the "
                "client found by the check. Check the file again."
            ),
        }

    @api.model
    def _get_apply_sentences(self):
        _ = self.env._
        return {
            "apply_refused": _("Row rejected by Odoo: %(reason)s"),
            "apply_access": _("Access denied: %(reason)s"),
            "apply_failed": _("The row could not be saved: %(reason)s"),
            "apply_time": _("This row takes too long: the server stops the import."),
        }
