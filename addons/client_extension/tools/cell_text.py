"""How a stored value is written in one cell of an export."""

from decimal import Decimal

from ..importer.text.labels import readings
from ..importer.text.name_list import join_names
from .plain_text import html_to_text


def property_text(definition, value):
    """One value of the additional data, but for the links to other records.

    :param dict definition: the label as Odoo stores it (``type``, ``selection``...)
    :param value: what a client's properties hold under it; None when not set
    """
    kind = definition["type"]
    if kind == "boolean":
        return "" if value is None else str(int(value))
    if value is None or value is False:
        return ""
    if kind == "html":
        return html_to_text(value)
    if kind == "float" or kind == "monetary":
        text = f"{Decimal(str(value)):f}".removesuffix(".0")
        # 1.234 may be a thousand to who reads it
        unclear = readings(text)
        return unclear[1] if unclear else text
    if kind == "selection":
        return dict(definition.get("selection") or ()).get(value, "")
    if kind == "tags":
        labels = {tag[0]: tag[1] for tag in definition.get("tags") or ()}
        return join_names([labels[key] for key in value if key in labels])
    return str(value)
