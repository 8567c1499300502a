from odoo import api, models

from ...tools.property_value import is_filled
from ..imports.client_import_change import PROPERTIES


class ResPartner(models.Model):
    """Lists with many labels: a page of clients does not repeat each label for each.

    Lists and cards show records that have different labels (Odoo's own tasks do), so
    what is empty can be left out. Only the first record of a page has all labels: from
    them Odoo makes the columns that one can choose.
    """

    _inherit = "res.partner"

    @api.model
    @api.readonly
    def web_search_read(
        self,
        domain,
        specification,
        offset=0,
        limit=None,
        order=None,
        count_limit=None,
    ):
        left = {name: specification[name] for name in specification}
        asked = left.pop(PROPERTIES, None)
        # Fields of a link are asked for by others than lists: all is as Odoo has it.
        mine = asked is not None and not asked.get("fields")
        result = super().web_search_read(
            domain, left if mine else specification, offset, limit, order, count_limit
        )
        if mine and result["records"]:
            partners = self.browse(values["id"] for values in result["records"])
            pages = partners._read_filled_properties()
            for values, items in zip(result["records"], pages, strict=True):
                values[PROPERTIES] = items
        return result

    def _read_filled_properties(self):
        """:return: list of lists of labels with values: all of the first partner, and
        of the others those that are filled in
        """
        first, others = self[:1], self[1:]
        field = self._fields[PROPERTIES]
        # This reads all of them at once, and asks for the right to.
        self.fetch([PROPERTIES])
        labels = self._get_client_properties_definition().properties_definition or []
        filled = []
        for partner in others:
            stored = partner[PROPERTIES]._values or {}
            named = [
                label
                for label in (labels if stored else ())
                if is_filled(label, stored.get(label["name"]))
            ]
            filled.append(field._dict_to_list(stored, named))
        known = field._get_res_ids_per_model(self.env, filled)
        for items in filled:
            field._parse_json_types(items, self.env, known)
            field._add_display_name(items, self.env)
        return [first.read([PROPERTIES], load=None)[0][PROPERTIES], *filled]
