from hashlib import blake2b

from odoo import api, models
from odoo.fields import Command

from ...importer.text.fold import fold_header
from ...tools.plain_text import html_to_text

PULLING = "client_labels_pulling"
#: the value under that key: an object, so that it cannot be sent from outside
PULLED = object()


class ClientLabel(models.Model):
    """Keeps the labels and Odoo's definition of the Properties field in sync.

    Changes to labels are pushed into the definition. Changes to the definition (by
    Odoo's own screens, a data import, a script) are pulled.
    """

    _inherit = "client.label"

    @api.model
    def _is_pulling(self):
        return self.env.context.get(PULLING) is PULLED

    @api.model
    def _push(self):
        if self._is_pulling():
            return
        # Superuser: Odoo lets only administrators write a definition. The right to
        # change labels was checked when the labels were changed.
        definition = self.env["res.partner"]._get_client_properties_definition()
        items = [label._to_item() for label in self.sudo().search([])]
        if items != definition.properties_definition:
            definition.properties_definition = items

    @api.model
    def _get_items(self):
        """:return: dict: key -> Odoo's definition, of every label, removed or not"""
        # Superuser: users who see the values of a label may know its type.
        labels = self.sudo().with_context(active_test=False).search([])
        return {label.key: label._to_item() for label in labels}

    def _to_item(self):
        """:return: dict, the label in the format of Odoo's definition"""
        self.ensure_one()
        item = {
            **(self.extra or {}),
            "name": self.key,
            "string": self.name,
            "type": self.kind,
        }
        if self.kind == "selection":
            item["selection"] = [[c.key, c.name] for c in self.choice_ids]
        if self.on_cards:
            item["view_in_cards"] = True
        return item

    @api.model
    def _pull(self):
        """Update the labels from the definition; labels that are not in it are
        removed."""
        partner = self.env["res.partner"]
        items = partner._get_client_properties_definition().properties_definition or []
        # Superuser: the user who wrote the definition had the right to.
        room = self.sudo().with_context(active_test=False, **{PULLING: PULLED})
        labels = room.search([])
        by_key = {label.key: label for label in labels}
        new = []
        for position, item in enumerate(items, 1):
            vals = {**_read_item(item), "sequence": position, "active": True}
            if label := by_key.pop(item["name"], None):
                label._write_changes(vals, item.get("selection") or [])
            else:
                choices = [
                    Command.create({"key": key, "name": name, "sequence": number})
                    for number, (key, name) in enumerate(item.get("selection") or [])
                ]
                new.append({**vals, "choice_ids": choices})
        room.create(new)
        room.browse(label.id for label in by_key.values() if label.active).write(
            {"active": False}
        )

    def _write_changes(self, vals, choices):
        changes = {name: value for name, value in vals.items() if self[name] != value}
        if [[c.key, c.name] for c in self.choice_ids] != [list(c) for c in choices]:
            self.choice_ids.unlink()
            changes["choice_ids"] = [
                Command.create({"key": key, "name": name, "sequence": number})
                for number, (key, name) in enumerate(choices)
            ]
        if changes:
            self.write(changes)

    @api.model
    def _get_new_key(self, name, taken):
        """A key that is not used by any label, active or removed.

        The same name gets the same key in every database, if it is free. Renamed or
        removed labels keep their key, and with it their values.

        :param str name: of the label
        :param set taken: other used keys, not in the database yet; the new one is added
        """
        number = 1
        while True:
            key = _hash(fold_header(name), number)
            known = self.with_context(active_test=False).search_count(
                [("key", "=", key)], limit=1
            )
            if not known and key not in taken:
                taken.add(key)
                return key
            number += 1


def _read_item(item):
    extra = {
        name: value
        for name, value in item.items()
        if name not in ("name", "string", "type", "selection", "view_in_cards")
    }
    return {
        "key": item["name"],
        "name": item.get("string") or item["name"],
        "kind": item["type"],
        "on_cards": bool(item.get("view_in_cards")),
        "extra": extra or False,
    }


def _hash(text, number):
    digest = blake2b(text.encode(), digest_size=8)
    if number > 1:
        digest.update(f"\n{number}".encode())
    return f"c{digest.hexdigest()}"


def is_filled(definition, value):
    """Whether a label has a value.

    0 and No are values: without an answer nothing is stored. Odoo's forms store False
    when a text, a number or a date is cleared.

    :param dict definition: the label as Odoo stores it (``type``, ``selection``...);
        empty if it is no longer known
    :param value: the value in a partner's properties; None when not set
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
