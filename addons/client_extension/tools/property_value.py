"""What counts as a value of the additional data."""

from .plain_text import html_to_text


def is_filled(definition, value):
    """Whether somebody has given a value.

    0 is one, and so is No: where nobody has answered nothing is stored. Odoo's forms
    store False where a text, a number or a date was emptied.

    :param dict definition: the label as Odoo stores it (``type``, ``selection``...);
        empty where it is not known any more
    :param value: what a partner's properties hold under it; None when not set
    """
    kind = definition.get("type")
    if kind == "boolean":
        return value is not None
    if kind == "selection":
        return value in [key for key, _name in definition.get("selection") or ()]
    if kind == "tags":
        known = {tag[0] for tag in definition.get("tags") or ()}
        return isinstance(value, list) and not known.isdisjoint(value)
    if kind == "html":
        return bool(html_to_text(value))
    return bool(value) or (value is not False and value == 0)
