from odoo import api, models

from ....importer.kinds.answers import column_name, with_answers
from ....importer.rows.columns import sketch_columns
from ....importer.text.fold import fold, fold_header
from ..engine.client_import_columns_lookups import CREATABLE

#: types of columns, and of labels, whose cells are words of a list
LISTS = frozenset({"type", "status", "yes_no", "link", "links", "state"})
LABEL_LISTS = frozenset({"selection", "boolean"})
#: columns whose unknown names are created if the user says so, and the model of each
CREATED_ON_REQUEST = {
    **CREATABLE,
    "client_type": "client.type",
    "contact_role": "client.contact.role",
    "business_unit": "client.business.unit",
}


class ClientImportColumns(models.AbstractModel):
    """What the user can answer about the words of a column."""

    _inherit = "client.import.columns"  # pylint: disable=consider-merging-classes-inherited

    # Answers

    @api.model
    def _add_answers(self, client_import, lookups, keys):
        """:return: the ``Lookups``, with the answers of the user"""
        answers = client_import.value_answers
        if not answers:
            return lookups
        columns = [c for c in self._get_import_columns() if c.key in keys]
        return with_answers(lookups, columns, answers, self._get_created_on_request())

    @api.model
    def _get_created_on_request(self):
        """:return: frozenset of the keys of columns whose unknown words the user is
        allowed to create; overridden by bridges with columns of their own"""
        return frozenset(
            key
            for key, model in CREATED_ON_REQUEST.items()
            if self.env[model].has_access("create")
        )

    @api.model
    def _get_answer_name(self, header, mapping=None):
        """The name under which answers are kept for a column of a file.

        :param header: str, its header, or the key of a standard column
        :param mapping: dict: header -> choice of the user, or a false value
        :return: str, empty for a column that is ignored
        """
        columns = self._get_import_columns()
        (target,) = sketch_columns((header,), columns, mapping or {}).targets
        return column_name(target.role, target.key)

    # The page

    @api.model
    def _get_list_columns(self, client_import):
        """The columns of a file whose cells are words of a list.

        :param client_import: record with ``columns_summary``
        :return: dict: name of the column, as answers are kept -> dict, as an import
            stores its columns
        """
        columns = {column.key: column for column in self._get_import_columns()}
        labels = self._get_labels()
        found = {}
        for target in client_import.columns_summary or []:
            column = columns.get(target["key"])
            label = labels.get(fold_header(target["key"]))
            is_standard = target["role"] == "standard"
            if is_standard and column and column.kind in LISTS:
                found[column_name("standard", target["key"])] = target
            elif (
                target["role"] == "additional"
                and label
                and label[1].kind in LABEL_LISTS
            ):
                found[column_name("additional", target["key"])] = target
        return found

    @api.model
    def _get_value_choices(self, client_import, words):
        """What the page of the values shows.

        :param client_import: ``client.import``, or the mapping of one
        :param words: dict: name of a column -> dict of the dicts of its words
        :return: list of dict with ``name``, ``header``, ``title``, ``choices`` (pairs
            of the word to answer and its label), ``can_create`` and ``words``; False
            if there are no words
        """
        known = self.with_context(allowed_company_ids=client_import.company_id.ids)
        targets = {
            name: target
            for name, target in known._get_list_columns(client_import).items()
            if words.get(name)
        }
        if not targets:
            return False
        choices = known._get_list_choices(client_import, targets)
        created, titles = known._get_created_on_request(), known._get_column_titles()
        found = []
        for name, target in targets.items():
            key, is_standard = target["key"], target["role"] == "standard"
            found.append(
                {
                    "name": name,
                    "header": target["header"],
                    "title": titles.get(key, key) if is_standard else key,
                    "choices": choices[name],
                    "can_create": is_standard and key in created,
                    "words": sorted(words[name].values(), key=_rank),
                }
            )
        return found

    @api.model
    def _get_list_choices(self, client_import, targets):
        """The words that a user can select in columns of words of a list.

        :param client_import: ``client.import``, or the mapping of one
        :param targets: dict, as :meth:`_get_list_columns` returns it
        :return: dict: name of a column -> list of pairs (word, label)
        """
        keys = {t["key"] for t in targets.values() if t["role"] == "standard"}
        lookups, labels = self._get_lookups(client_import, keys), self._get_labels()
        return {
            name: self._get_column_words(target["key"], lookups)
            if target["role"] == "standard"
            else self._get_label_words(*labels[fold_header(target["key"])][1:])
            for name, target in targets.items()
        }

    @api.model
    def _get_column_words(self, key, lookups):
        """The words that can be answered for a standard column.

        :param key: str
        :param lookups: ``importer.types.Lookups``
        :return: list of pairs (word, label)
        """
        _ = self.env._
        column = next(c for c in self._get_import_columns() if c.key == key)
        if column.kind == "yes_no":
            return [["1", _("Yes")], ["0", _("No")]]
        if column.kind == "type":
            return [["individual", _("Individual")], ["company", _("Company")]]
        field = self.env["res.partner"]._fields[column.field]
        if column.kind == "status":
            return [list(pair) for pair in field._description_selection(self.env)]
        if column.kind == "state":
            table = {
                text: tuple(pair[0] for pair in pairs)
                for text, pairs in lookups.states.items()
            }
        else:
            table = lookups.tables.get(key, {})
        return self._get_linked_words(field, table)

    @api.model
    def _get_linked_words(self, field, table):
        """:param field: field of ``res.partner``, a link or a selection
        :param table: dict: folded text -> ids that it may mean
        :return: list of pairs (word, label), of what the user can read"""
        texts = {}
        for text, ids in table.items():
            if len(ids) == 1:
                texts.setdefault(ids[0], text)
        if field.comodel_name:
            # Not the archived ones: they are only known for clients that have them.
            records = self.env[field.comodel_name].with_context(active_test=True)
            found = records.search([("id", "in", list(texts))])
            labels = [(record.id, record.display_name) for record in found]
            if "sequence" not in found._order:
                labels.sort(key=lambda pair: fold(pair[1]))
        else:
            pairs = field._description_selection(self.env)
            labels = [(value, label) for value, label in pairs if value in texts]
        return [
            [label if table.get(fold(label)) == (value,) else texts[value], label]
            for value, label in labels
        ]

    @api.model
    def _get_label_words(self, label, definition):
        """:param label: ``importer.types.Label``
        :param definition: dict, the label as Odoo stores it
        :return: list of pairs (word, label)"""
        if label.kind == "boolean":
            return [["1", self.env._("Yes")], ["0", self.env._("No")]]
        return [
            [text if label.choices.get(fold(text)) == key else key, text]
            for key, text in definition.get("selection") or []
        ]


def _rank(shown):
    """Sort key: what is asked first, then by the number of rows."""
    return not shown.get("is_asked"), -shown["count"], fold(shown["word"])
