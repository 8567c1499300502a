"""The values of a label of the additional data, for imports and as a cell of a file."""

from collections import Counter

from ...importer.kinds.numbers import write_decimal
from ...importer.kinds.registry import LABEL_KINDS, label_kind
from ...importer.text.fold import fold
from ...importer.text.name_list import join_names
from ...importer.types import Label
from ...tools.plain_text import html_to_text


def to_label(definition):
    """:param dict definition: the label as Odoo stores it (``type``, ``selection``...)
    :return: ``importer.types.Label``"""
    pairs = [(fold(text), key) for key, text in definition.get("selection") or []]
    # choices that share a name are ambiguous
    times = Counter(text for text, _key in pairs)
    choices = {text: key for text, key in pairs if times[text] == 1}
    choices |= {fold(key): key for _text, key in pairs}
    captions = dict(definition.get("selection") or [])
    return Label(definition["type"], choices, captions)


def property_writer(definition):
    """How the values of a label are written, except links to other records.

    :param dict definition: as ``to_label`` takes it
    :return: function that converts a value of a client's properties, None when not set,
        to a text
    """
    kind = definition["type"]
    if kind in LABEL_KINDS:
        return label_kind(to_label(definition)).write
    if kind == "tags":
        labels = {tag[0]: tag[1] for tag in definition.get("tags") or ()}

        def write(value):
            return join_names([labels[key] for key in value if key in labels])

    else:
        write = {"html": html_to_text, "monetary": write_decimal}.get(kind, str)
    return lambda value: "" if value is None or value is False else write(value)


def property_text(definition, value):
    """:return: str, one value of the additional data as a text"""
    return property_writer(definition)(value)
