from odoo import api, models
from odoo.exceptions import ValidationError

from ....importer.rows.columns import ADDITIONAL, IGNORE, STANDARD
from ....importer.text.fold import fold_header
from ....tools.setting_number import get_number
from ...labels.property_text import to_label

LABEL_LIMIT = "client_extension.label_limit"


class ClientImportColumns(models.AbstractModel):
    """What the columns of a file can stand for."""

    _name = "client.import.columns"
    _description = "Columns of Client Imports"

    @api.model
    def _get_import_columns(self):
        """The standard columns.

        :return: tuple of ``importer.types.Column``; overridden by bridges that
            import columns of their own
        """
        return STANDARD

    # Choices of a user

    @api.model
    def _check_mapping(self, mapping):
        """:raise ValidationError: when it does not map headers to choices"""
        pairs = mapping.items() if isinstance(mapping, dict) else ((None, None),)
        if mapping and not all(
            isinstance(text, str) and isinstance(choice, str) for text, choice in pairs
        ):
            raise ValidationError(
                self.env._(
                    "The mapping is not valid: it must assign each header to "
                    "a column of the import."
                )
            )

    @api.model
    def _get_column_choices(self, summary):
        """What the table of columns on the screen shows.

        :param summary: list of dict, as an import stores its columns
        :return: dict with ``columns`` and ``choices``
        """
        names = self._get_column_titles()
        known = self._get_labels() if summary else {}
        shown = [
            {
                "header": target["header"],
                "choice": get_choice(target),
                "samples": target.get("samples") or [],
                "suggestion": target["suggestion"],
                "suggestion_name": names.get(target["suggestion"], ""),
                "double": target.get("double") or "",
                "is_new_label": fold_header(target["header"]) not in known,
            }
            for target in sorted(summary or [], key=_is_expected)
            if target["header"]
        ]
        extra = [
            [ADDITIONAL, self.env._("Additional data")],
            [IGNORE, self.env._("Ignore")],
        ]
        return {"columns": shown, "choices": [*extra, *map(list, names.items())]}

    @api.model
    def _get_column_titles(self):
        """:return: dict: key of a standard column -> its name on the screens"""
        columns = self._get_import_columns()
        fields_ = [column.field for column in columns]
        labels = self.env["res.partner"].fields_get(fields_, ["string"])
        imports = self.env["client.import"]
        return {c.key: imports._get_column_name(c, labels) for c in columns}

    # Labels of additional data

    @api.model
    def _get_labels(self):
        """The labels that exist.

        :return: dict: folded label -> tuple (name of the property,
            ``importer.types.Label``, its definition)
        """
        partner = self.env["res.partner"]
        definition = partner._get_client_properties_definition()
        return {
            fold_header(item["string"]): (item["name"], to_label(item), item)
            for item in definition.properties_definition or []
            if item.get("string") and item["type"] != "separator"
        }

    @api.model
    def _add_labels(self, labels):
        """Add text labels that a file needs.

        :param labels: list of str, none of which exists yet
        :return: the new ``client.label`` records
        """
        # Superuser: only managers can change labels. Importers can add some, as a
        # text label does no harm.
        added = self.env["client.label"].sudo()
        return added.create([{"name": label} for label in labels])

    @api.model
    def _count_new_labels(self, columns):
        """Count the labels of a file that do not exist, whether cells fill them or not.

        :param columns: ``importer.types.ColumnMap``
        :return: int
        """
        texts = {fold_header(label) for label in columns.labels}
        return len(texts - self._get_labels().keys())

    @api.model
    def _get_label_limit(self):
        """:return: int, how many labels an import adds without asking"""
        # Superuser: how many labels are added is not confidential.
        return get_number(self.env, LABEL_LIMIT, 50)


def _is_expected(target):
    """:return: bool, whether nothing about the column may surprise the user"""
    return not (target["suggestion"] or target.get("double"))


def get_choice(target):
    """:return: str, the choice in a mapping that leads to this target"""
    if target["role"] == "standard":
        return target["key"]
    return ADDITIONAL if target["role"] == "additional" else IGNORE
