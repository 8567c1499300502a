from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.person_name import join_name, remember_parts, split_known_name

PARTS = ("client_first_name", "client_last_name")


class ResPartner(models.Model):
    """The parts of a person's name.

    ``name`` is the only truth, whoever writes it: Odoo's own forms, an import, another
    add-on that computes it. The parts are not stored: they are read out of the name,
    with the help of ``client_name_parts``, which remembers how somebody typed them.
    So they can never disagree with the name, and partners whose parts nobody asks for
    cost nothing, neither when they are created nor when the add-on is installed.
    """

    _inherit = "res.partner"

    client_civility = fields.Selection(
        [
            ("mr", "Mr"),
            ("mrs", "Mrs"),
            ("ms", "Ms"),
            ("couple", "Mr and Mrs"),
            ("dr", "Dr"),
            ("prof", "Professor"),
        ],
        string="Civility",
    )
    client_first_name = fields.Char(
        string="First Name",
        compute="_compute_client_first_name",
        inverse="_inverse_client_name_parts",
        search="_search_client_first_name",
    )
    client_last_name = fields.Char(
        string="Last Name",
        compute="_compute_client_last_name",
        inverse="_inverse_client_name_parts",
        search="_search_client_last_name",
    )
    client_name_parts = fields.Char(export_string_translation=False)
    client_salutation = fields.Char(
        string="Salutation",
        compute="_compute_client_salutation",
        groups="base.group_user",
        help="How a letter to them begins, in their language.",
    )

    # Each part has its own method: were it one, writing one part would compute both.

    @api.depends("name", "is_company", "client_name_parts")
    def _compute_client_first_name(self):
        for partner in self:
            partner.client_first_name = partner._split_client_name()[0] or False

    @api.depends("name", "is_company", "client_name_parts")
    def _compute_client_last_name(self):
        for partner in self:
            partner.client_last_name = partner._split_client_name()[1] or False

    @api.depends("name", "is_company", "client_name_parts", "client_civility", "lang")
    def _compute_client_salutation(self):
        for partner in self:
            partner.client_salutation = partner._get_client_salutation()

    def _split_client_name(self):
        """:return: pair (first name, last name) of a person, empty for a company"""
        self.ensure_one()
        if self.is_company:
            return "", ""
        return split_known_name(self.name, self.client_name_parts)

    def _inverse_client_name_parts(self):
        for partner in self:
            parts = tuple(partner[name] or "" for name in PARTS)
            known = any(parts) and not partner.is_company
            if known and parts != partner._split_client_name():
                partner.write(partner._prepare_client_name(*parts))

    @api.model
    def _prepare_client_name(self, first, last):
        """The values that store the parts of a person's name.

        :param str first: first name, or a false value
        :param str last: last name, or a false value
        :return: dict of values; overridden where the name is written another way, or
            where another add-on keeps parts of its own
        """
        return {
            "name": join_name(first, last),
            "client_name_parts": remember_parts(first or "", last or ""),
        }

    @api.onchange(*PARTS)
    def _onchange_client_name_parts(self):
        parts = tuple(self[name] or "" for name in PARTS)
        known = any(parts) and not self.is_company
        if known and parts != self._split_client_name():
            self.update(self._prepare_client_name(*parts))

    @api.model
    def _search_client_first_name(self, operator, value):
        return self._search_client_name_part("client_first_name", operator, value)

    @api.model
    def _search_client_last_name(self, operator, value):
        return self._search_client_name_part("client_last_name", operator, value)

    @api.model
    def _search_client_name_part(self, part, operator, value):
        """Search by the name, then keep those whose part it is."""
        persons = Domain("is_company", "=", False)
        if operator == "in" and value and all(value):
            names = Domain.OR(Domain("name", "ilike", text) for text in value)
            found = self.with_context(active_test=False).search(persons & names)
            return Domain("id", "in", found.filtered(lambda p: p[part] in value).ids)
        if operator == "ilike":
            return persons & Domain("name", "ilike", value)
        return NotImplemented

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not vals.get("is_company") and any(vals.get(name) for name in PARTS):
                vals.update(self._prepare_client_name(*map(vals.get, PARTS)))
        return super().create(vals_list)

    # Letters

    def _get_client_salutation(self):
        """The line with which a letter to this partner begins, in their language.

        :return: str, with the punctuation of that language; overridden to greet
            another way
        """
        self.ensure_one()
        partner = self.with_context(lang=self.lang or self.env.lang)
        _ = partner.env._
        last = partner.client_last_name
        if not last:
            return _("Dear Sir or Madam,")
        by_civility = {
            "mr": _("Dear Mr %(name)s,", name=last),
            "mrs": _("Dear Mrs %(name)s,", name=last),
            "ms": _("Dear Ms %(name)s,", name=last),
            "couple": _("Dear Mr and Mrs %(name)s,", name=last),
            "dr": _("Dear Dr %(name)s,", name=last),
            "prof": _("Dear Professor %(name)s,", name=last),
        }
        return by_civility.get(
            partner.client_civility, _("Dear %(name)s,", name=partner.name)
        )
