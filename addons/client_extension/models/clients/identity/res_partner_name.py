from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..client_type import NAME, UNDIVIDED
from .person_name import (
    SEPARATOR,
    capitalize_prefix,
    drop_family,
    join_name,
    remember_parts,
    split_known_name,
)

PARTS = ("client_first_name", "client_last_name")
#: what may leave a name without the parts that were remembered
UNDIVIDING = ("client_type_id", "is_company", "company_type", "client_name_parts")


class ResPartner(models.Model):
    """The parts of a person's name.

    ``name`` is the only source, whoever writes it: Odoo's own forms, an import, another
    add-on that computes it. The parts are not stored: they are read from the name with
    the help of ``client_name_parts``, which remembers how they were typed. So they
    never contradict the name, and parts that are not used cost nothing, neither when
    partners are created nor when the add-on is installed.

    Companies, and clients whose type is that of a group or an organization, have none.
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
        string="Title",
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
    client_has_name_parts = fields.Boolean(
        compute="_compute_client_has_name_parts", export_string_translation=False
    )
    client_salutation = fields.Char(
        string="Salutation",
        compute="_compute_client_salutation",
        groups="base.group_user",
        help="How a letter to this person begins, in their language.",
    )

    @api.depends("is_company", "client_type_id.kind")
    def _compute_client_has_name_parts(self):
        for partner in self:
            # Superuser for the type alone, which portal users do not read; the first
            # field is read as the user, who must see the partner.
            partner.client_has_name_parts = (
                not partner.is_company
                and partner.sudo().client_type_id.kind not in UNDIVIDED
            )

    # Each part has its own method: with a single one, writing one part would compute
    # both.

    @api.depends("name", "client_has_name_parts", "client_name_parts")
    def _compute_client_first_name(self):
        for partner in self:
            partner.client_first_name = partner._split_client_name()[0] or False

    @api.depends("name", "client_has_name_parts", "client_name_parts")
    def _compute_client_last_name(self):
        for partner in self:
            partner.client_last_name = partner._split_client_name()[1] or False

    @api.depends(
        *("name", "client_has_name_parts", "client_name_parts"),
        *("client_civility", "lang", "client_type_id.salutation"),
    )
    def _compute_client_salutation(self):
        for partner in self:
            partner.client_salutation = partner._get_client_salutation()

    def _split_client_name(self):
        """:return: pair of str: first and last name of a person, empty for a company or
        a group; overridden where another add-on stores them
        """
        self.ensure_one()
        if not self.client_has_name_parts:
            return "", ""
        return split_known_name(self.name, self.client_name_parts)

    @api.model
    def _get_client_name_fields(self):
        """What first and last name are made of, for who reads them of many at once.

        :return: list of str: stored fields of ``res.partner``; overridden where another
            add-on stores the parts
        """
        return ["name", "client_name_parts", "is_company", "client_type_id"]

    def _inverse_client_name_parts(self):
        for partner in self.filtered("client_has_name_parts"):
            parts = tuple(partner[name] or "" for name in PARTS)
            if not any(parts) and partner.name:
                raise ValidationError(
                    self.env._(
                        "%s needs at least a first name or a last name.", partner.name
                    )
                )
            if any(parts) and parts != partner._split_client_name():
                partner.write(partner._prepare_client_name(*parts))

    @api.model
    def _prepare_client_name(self, first, last):
        """The values that store the parts of a person's name.

        :param str first: first name, or a false value
        :param str last: last name, or a false value
        :return: dict of values; overridden where the name is written differently, or
            where another add-on stores its own parts
        """
        return {
            "name": join_name(first, last),
            "client_name_parts": remember_parts(first or "", last or ""),
        }

    @api.onchange(*PARTS)
    def _onchange_client_name_parts(self):
        parts = tuple(self[name] or "" for name in PARTS)
        if not self.client_has_name_parts or parts == self._split_client_name():
            return
        if any(parts):
            self.update(self._prepare_client_name(*parts))
        else:
            # The form asks for a name instead of restoring what the user cleared.
            self.name = False

    @api.model
    def _search_client_first_name(self, operator, value):
        return self._search_client_name_part("client_first_name", operator, value)

    @api.model
    def _search_client_last_name(self, operator, value):
        return self._search_client_name_part("client_last_name", operator, value)

    @api.model
    def _search_client_name_part(self, part, operator, value):
        """Search by the name, then keep the partners whose part matches."""
        persons = self._get_client_person_domain()
        if operator == "ilike":
            return persons & Domain("name", "ilike", value)
        if operator in ("=like", "=ilike"):
            # The name contains the text, whatever wildcards the pattern has at its
            # ends.
            named = Domain("name", operator[1:], value.strip("%"))
            found = self.with_context(active_test=False).search(persons & named)
            found = found.filtered_domain([(part, operator, value)])
            return Domain("id", "in", found.ids)
        if operator != "in":
            return NotImplemented
        domain, texts = Domain.FALSE, {text for text in value if text}
        if texts:
            names = Domain.OR(Domain("name", "ilike", text) for text in texts)
            found = self.with_context(active_test=False).search(persons & names)
            domain |= Domain("id", "in", found.filtered(lambda p: p[part] in texts).ids)
        if len(texts) < len(value):
            domain |= self._get_client_part_unset_domain(part)
        return domain

    @api.model
    def _get_client_person_domain(self):
        """:return: ``Domain`` of the partners whose name has parts"""
        # Superuser: who searches by a name need not see the types.
        partners = self.sudo().with_context(active_test=False)
        types = partners.env["client.type"].search([("kind", "in", UNDIVIDED)])
        persons = Domain("is_company", "=", False)
        if not types:
            return persons
        undivided = partners._search([("client_type_id", "in", types.ids)])
        return persons & Domain("id", "not in", undivided)

    @api.model
    def _get_client_part_unset_domain(self, part):
        """Find the partners without a first name or without a last name.

        :param str part: one of `PARTS`
        :return: ``Domain`` of the companies and groups, and of the persons without that
            part; overridden where another add-on stores the parts
        """
        # A name of several words has both parts, unless only one was typed.
        few = Domain("name", "not like", " ")
        few |= Domain("client_name_parts", "=like", f"{SEPARATOR}%")
        few |= Domain("client_name_parts", "=like", f"%{SEPARATOR}")
        divided = self._get_client_person_domain()
        persons = self.with_context(active_test=False).search(divided & few)
        unset = persons.filtered(lambda person: not person[part])
        return ~divided | Domain("id", "in", unset.ids)

    @api.model
    def _join_name_parts(self, vals):
        """:return: dict, the values for ``create`` of one partner; for a person, the
        parts are replaced with the name that they make up
        """
        parts = [vals.get(name) for name in PARTS]
        default = self.env.context.get("default_client_type_id")
        type_id = vals.get("client_type_id", default)
        # Superuser: only the kind of the type is read.
        kind = type_id and self.env["client.type"].sudo().browse(type_id).kind
        if kind not in UNDIVIDED and not vals.get("is_company") and any(parts):
            return {**vals, **self._prepare_client_name(*parts)}
        # A new partner has no name yet that empty parts could clear.
        vals = {key: value for key, value in vals.items() if key not in PARTS}
        if kind in UNDIVIDED:
            name = vals.get("name") or join_name(*parts)
            vals |= {"client_name_parts": False, **({"name": name} if name else {})}
        return vals

    @api.model
    def _drop_empty_name_parts(self, vals):
        """:return: dict, the values for ``write`` without empty parts next to a name:
        the name counts, so empty parts clear nothing
        """
        said = vals.get("name") and not any(vals.get(name) for name in PARTS)
        if said and not vals.keys().isdisjoint(PARTS):
            return {key: value for key, value in vals.items() if key not in PARTS}
        return vals

    def _forget_client_name_parts(self):
        """Drop the remembered parts of those whose name has none any more; overridden
        where another add-on stores the parts
        """
        undivided = self.filtered(
            lambda partner: (
                partner.client_name_parts and not partner.client_has_name_parts
            )
        )
        if undivided:
            undivided.write({"client_name_parts": False})

    # Letters

    def _get_client_salutation(self, lang=None):
        """The opening line of a letter to this partner.

        :param str lang: code of the language of the letter; that of the partner if
            empty
        :return: str, with the punctuation of that language; overridden to use another
            salutation
        """
        self.ensure_one()
        partner = self.with_context(lang=lang or self.lang or self.env.lang)
        if text := partner.client_type_id.salutation:
            return partner._fill_client_salutation(text)
        _ = partner.env._
        if not partner.client_last_name:
            return _("Dear Sir or Madam,")
        name = capitalize_prefix(partner.client_last_name, partner.env.lang)
        by_civility = {
            "mr": _("Dear Mr %(name)s,", name=name),
            "mrs": _("Dear Mrs %(name)s,", name=name),
            "ms": _("Dear Ms %(name)s,", name=name),
            "couple": _("Dear Mr and Mrs %(name)s,", name=name),
            "dr": _("Dear Dr %(name)s,", name=name),
            "prof": _("Dear Professor %(name)s,", name=name),
        }
        # Behind a first name, the prefix of a last name keeps its small letter.
        whole = partner.name if partner.client_first_name else name
        return by_civility.get(partner.client_civility, _("Dear %(name)s,", name=whole))

    def _fill_client_salutation(self, text):
        """:return: str, the salutation of the type with the name of this client"""
        name = drop_family(self.name or "", text)
        if name != self.name:
            name = capitalize_prefix(name, self.env.lang)
        return text.replace(NAME, name)
