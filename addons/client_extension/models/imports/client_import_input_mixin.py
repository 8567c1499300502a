import base64
import binascii
import json

from odoo import api, models
from odoo.exceptions import ValidationError

#: maximum number of characters of an answer, and of all choices of columns
LONGEST, LONGEST_JSON = 1000, 1_000_000
COMMANDS = range(7)


class ClientImportInputMixin(models.AbstractModel):
    """Refuses, with a clear message, user input that a field cannot hold."""

    _name = "client.import.input.mixin"
    _description = "Values of an Import Dialog"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_input(vals)
        records = super().create(vals_list)
        records._check_import()
        return records

    def write(self, vals):
        self._check_input(vals)
        result = super().write(vals)
        if "import_id" in vals:
            self._check_import()
        return result

    def _check_import(self):
        """:raise AccessError: when a dialog is about an import that the user cannot
        read: Odoo shows the name of a link to whoever can read the dialog"""
        if "import_id" in self._fields and not self.env.su:
            self.import_id.check_access("read")

    @api.model
    def _check_input(self, vals):
        """:raise ValidationError: when a field cannot hold the value given for it"""
        if self.env.su:
            return
        for name, value in vals.items():
            field = self._fields.get(name)
            check = field and CHECKS.get(field.type)
            if check and not check(self, field, value):
                label = field._description_string(self.env) or name
                shown = ascii(value)[:40]
                raise ValidationError(
                    self.env._(
                        "%(value)s is not a valid value for %(field)s.",
                        field=label,
                        value=shown,
                    )
                )


def _is_choice(records, field, value):
    if value in (None, "") or value is False:
        return not field.required
    return isinstance(value, str) and value in field.get_values(records.env)


def _is_text(records, field, value):
    if not isinstance(value, str):
        return value is False or (value is None and not field.required)
    return len(value) <= LONGEST and _is_storable(value)


def _is_file(records, field, value):
    if not value:
        return value is not None or not field.required
    if not isinstance(value, str | bytes):
        return False
    try:
        base64.b64decode(value)
    except (ValueError, binascii.Error):
        return False
    return True


def _is_link(records, field, value):
    return not value or (isinstance(value, int) and not isinstance(value, bool))


def _is_links(records, field, value):
    return not value or (
        isinstance(value, list | tuple) and all(map(_is_link_or_command, value))
    )


def _is_link_or_command(item):
    if isinstance(item, int):
        return True
    if not isinstance(item, list | tuple) or not item or item[0] not in COMMANDS:
        return False
    ids = item[2] if item[0] == 6 and len(item) > 2 else ()
    return isinstance(ids, list | tuple | dict) and all(
        isinstance(record_id, int) for record_id in ids
    )


def _is_json(records, field, value):
    try:
        text = json.dumps(value, allow_nan=False, ensure_ascii=False)
    except (TypeError, ValueError):
        return False
    return len(text) <= LONGEST_JSON and "\\u0000" not in text and _is_storable(text)


def _is_storable(text):
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


#: type of a field -> function that says whether it can hold a value
CHECKS = {
    "selection": _is_choice,
    "char": _is_text,
    "binary": _is_file,
    "many2one": _is_link,
    "many2many": _is_links,
    "json": _is_json,
}
