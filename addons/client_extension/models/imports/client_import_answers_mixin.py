from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...importer.kinds.answers import resolve_answers, split_answers
from ...importer.kinds.registry import label_kind
from ...importer.text.fold import fold


class ClientImportAnswersMixin(models.AbstractModel):
    """What words mean that a list does not have, as the user answered.

    Shared by the import, where they are asked, and the mapping, which keeps them for
    the next file of the same kind.
    """

    _name = "client.import.answers.mixin"
    _inherit = "client.import.options.mixin"
    _description = "Meanings of Words in an Import"

    value_answers = fields.Json(
        export_string_translation=False,
        help="Key of a column, or additional: and a label -> word in the file -> the "
        "word of the list that is meant, + to create it or nothing to leave it empty.",
    )
    value_choices = fields.Json(
        compute="_compute_value_choices", export_string_translation=False
    )

    @api.constrains("value_answers")
    def _check_value_answers(self):
        for record in self:
            if not _is_valid(record.value_answers):
                raise ValidationError(
                    self.env._(
                        "The meanings of words are not valid: they must assign a text "
                        "to each word of a column."
                    )
                )

    @api.depends("value_answers", "columns_summary")
    @api.depends_context("lang", "uid")
    def _compute_value_choices(self):
        columns = self.env["client.import.columns"]
        for record in self:
            words = record._get_value_words()
            record.value_choices = words and columns._get_value_choices(record, words)

    # Answers

    def _get_value_words(self):
        """The words that a screen asks about or shows.

        :return: dict: name of a column -> dict: folded word -> dict with ``word``,
            ``count`` (of rows, 0 if it is not known) and, where an import asks,
            ``is_asked``
        """
        self.ensure_one()
        return {
            name: {fold(word): {"word": word, "count": 0} for word in words}
            for name, words in (self.value_answers or {}).items()
            if words
        }

    def _get_clean_options(self, labels, sheet):
        options = super()._get_clean_options(labels, sheet)
        _by_key, by_label = split_answers(self.value_answers)
        answers = {
            text: resolve_answers(label_kind(labels[text][1], options.points), words)
            for text, words in by_label.items()
            if text in labels
        }
        return replace(options, answers=answers) if answers else options


def _is_valid(answers):
    """:return: bool, whether it maps texts to mappings of texts to texts"""
    if not answers:
        return True
    return isinstance(answers, dict) and all(
        isinstance(words, dict)
        and all(isinstance(text, str) for text in words.values())
        for words in answers.values()
    )
