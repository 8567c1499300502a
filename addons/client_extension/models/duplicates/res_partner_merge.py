from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..clients.identity.res_partner_reference import CHECKED_LATER
from ..clients.res_partner import STATUS_DATES
from ..labels.res_partner_properties import PROPERTIES

#: computed and stored fields, which Odoo's merge leaves out
KEPT_OR_FILLED = ("user_id", "company_registry")
#: fields that a merge combines from all partners: see ``_prepare_client_merge``
COUNTED = {"client_status", *STATUS_DATES.values(), *KEPT_OR_FILLED}
#: more do not fit side by side, and the result would be hard to predict
MAX_COMPARED = 20
MERGER = "client_extension.group_client_manager"


class ResPartner(models.Model):
    """Duplicates of a client: compare, merge, or mark them as not duplicates."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    # Actions

    def action_client_compare(self):
        """Compare these clients side by side, to merge them.

        :return: action of the page where the user chooses which values to keep
        """
        self._check_client_user()
        partners = self.exists()
        if not 1 < len(partners) <= MAX_COMPARED:
            raise UserError(
                self.env._("Select 2 to %s clients to compare.", MAX_COMPARED)
            )
        partners.check_access("read")
        wizard = self.env["client.merge.wizard"].create(
            {"partner_ids": [(6, 0, partners.ids)]}
        )
        return wizard._get_action()

    def action_client_not_duplicates(self):
        """Remember that these clients are not duplicates, and do not warn again."""
        partners = self.exists()
        partners._check_client_not_duplicates()
        # Superuser: the user has write access to each of the clients.
        self.env["client.not.duplicate"].sudo()._add_all(partners)
        groups = self.env["client.duplicate.group"].sudo()
        found = groups.search([("partner_ids", "in", partners.ids)])
        found._forget_told_apart()
        return True

    def _check_client_not_duplicates(self):
        """:raise AccessError: when the user is not allowed to mark each of these"""
        self._check_client_user()
        if not 1 < len(self.exists()) <= MAX_COMPARED:
            raise UserError(
                self.env._("Select 2 to %s clients to compare.", MAX_COMPARED)
            )
        self.check_access("write")

    # Comparison

    @api.model
    def _get_client_merge_rows(self):
        """The rows to compare and choose from before clients are merged.

        :return: dict: key -> pair (its name or None for that of the field, names of the
            fields that are taken together from one of the clients); overridden to let
            users choose more fields
        """
        _ = self.env._
        address = ["street", "street2", "zip", "city", "state_id", "country_id"]
        return {
            "name": (_("Name"), ["name", "client_name_parts", "client_civility"]),
            "is_company": (_("Is a Company"), ["is_company"]),
            "ref": (_("Reference"), ["ref"]),
            "client_type_id": (None, ["client_type_id"]),
            "user_id": (_("Client Manager"), ["user_id"]),
            "client_business_unit_id": (
                _("Business Unit"),
                ["client_business_unit_id"],
            ),
            "client_source_id": (_("Source"), ["client_source_id"]),
            "address": (_("Address"), address),
            "phone": (None, ["phone"]),
            "mobile": (None, ["mobile"]),
            "email": (None, ["email"]),
            "website": (_("Website"), ["website"]),
            "vat": (None, ["vat"]),
            "company_registry": (None, ["company_registry"]),
            "lang": (None, ["lang"]),
            "function": (None, ["function"]),
            "comment": (None, ["comment"]),
        }

    @api.model
    def _get_client_merge_names(self):
        """:return: dict: key of a row -> its name"""
        fields_ = self.fields_get(attributes=["string"])
        return {
            key: name or fields_[names[0]]["string"]
            for key, (name, names) in self._get_client_merge_rows().items()
            if names[0] in fields_
        }

    # Merge

    def _client_merge(self, sources, values=None, additional=None):
        """Merge any number of others into this client, with Odoo's own merge.

        :param sources: ``res.partner`` recordset, gone afterwards
        :param dict values: for ``write``, with the values that the user chose to keep
        :param dict additional: the same for the additional data, by key of the label;
            None clears it
        :raise UserError: when they cannot be merged, with the reason
        """
        self.ensure_one()
        sources -= self
        self._check_client_merge(sources)
        partners = self | sources
        references = partners.mapped("ref")
        # The company of the client that is kept is the company of the result.
        alike = partners.filtered(lambda partner: partner.company_id == self.company_id)
        owned = alike.mapped("ref")
        links = self.env["client.merge.links"]
        additional = links._get_unlinked(additional or {}, partners)
        # Superuser: each partner was checked above as the user. Odoo's merge itself
        # moves their documents by SQL and deletes as superuser, but would leave out the
        # fields that the user cannot read, and lets only administrators merge partners
        # with different email addresses.
        partner = self.sudo()
        wizard = partner.env["base.partner.merge.automatic.wizard"]
        # One by one: with two at once the second would win where both have a value.
        for source in sources:
            wizard._merge((self | source).ids, partner, extra_checks=False)
        self._write_client_choices(values or {}, additional, references, owned)

    def _write_client_choices(self, values, additional, references, owned):
        """Write the user's choices, as that user, where the merge result differs.

        :param dict values: for ``write``
        :param dict additional: by key of the label, None where none is chosen
        :param references: list of the references that the merged partners had
        :param owned: list of those of them that are not new in their company
        """
        current = self._convert_to_write({name: self[name] for name in values})
        values = {
            name: value
            for name, value in values.items()
            if (value or False) != (current[name] or False)
        }
        stored = self.client_properties._values or {}
        chosen = {**stored, **additional}
        chosen = {key: value for key, value in chosen.items() if value is not None}
        if chosen != stored:
            values[PROPERTIES] = chosen
        reference = values.get("ref", self.ref)
        merging = {}
        if reference in owned:
            # A merged partner had it: a duplicate that already exists is allowed.
            merging = {"client_references": CHECKED_LATER}
            self.env["client.reference.claim"]._claim([reference])
        self.with_context(**merging).write(values)
        if not self.client_status:
            # References are only looked up for clients, not for contacts.
            return
        # Superuser: former references are written by the merge, not by users.
        formers = self.sudo().client_former_reference_ids
        formers.filtered(lambda former: former.reference == reference).unlink()
        formers._keep(self.sudo(), references)

    def _prepare_client_merge(self, sources):
        """What a client takes over from the partners merged into it, besides what
        Odoo's merge carries over: an empty field is filled, a filled one stays.

        :param sources: ``res.partner`` recordset in superuser mode
        :return: dict for ``write``; overridden to carry over what the merge would drop
        """
        self.ensure_one()
        partners = self | sources
        values = {
            name: next((p[name] for p in partners if p[name]), False)
            for name in KEPT_OR_FILLED
        }
        values["user_id"] = values["user_id"] and values["user_id"].id
        values["ref"] = self.ref or next(filter(None, sources.mapped("ref")), False)
        # Odoo would give a client shared by all companies the company of another one.
        values["company_id"] = self.company_id.id
        statuses = set(partners.mapped("client_status"))
        values["client_status"] = "client" if "client" in statuses else "prospect"
        for name in STATUS_DATES.values():
            values[name] = min(filter(None, partners.mapped(name)), default=False)
        values[PROPERTIES] = self._merge_client_properties(sources)
        return values

    def _get_client_merge_properties(self):
        """:return: list of the Properties fields that Odoo's merge leaves out, except
        the additional data, which only clients have"""
        return [
            field
            for name, field in self._fields.items()
            if field.type == "properties" and field.store and name != PROPERTIES
        ]

    def _merge_contact_properties(self, sources):
        """The values of Odoo's own properties that a partner takes over, client or not.

        :param sources: ``res.partner`` that are merged into this one
        :return: dict for ``write``
        """
        self.ensure_one()
        values = {}
        for field in self._get_client_merge_properties():
            definition = field._get_properties_definition(self) or []
            items = {item["name"]: item for item in definition}
            merged = self._merge_properties(field.name, items, sources)
            if merged:
                values[field.name] = {**(self[field.name]._values or {}), **merged}
        return values

    # Checks

    def _check_client_merge(self, sources):
        """Refuse an impossible merge before anything is changed.

        A merge deletes and writes partners, so the user needs both rights. It is
        reserved for managers of the Clients app, as it cannot be undone.

        :param sources: ``res.partner`` recordset
        :raise AccessError: when the user is not allowed to
        :raise UserError: with the message of :meth:`_get_client_merge_refusal`
        """
        if not self.env.su and not self.env.user.has_group(MERGER):
            raise AccessError(
                self.env._("Only managers of the Clients app can merge clients.")
            )
        partners = self | sources
        partners.check_access("write")
        sources.check_access("unlink")
        if refusal := self._get_client_merge_refusal(sources):
            raise UserError(refusal)

    def _get_client_merge_refusal(self, sources):
        """Why these partners cannot be merged.

        :param sources: ``res.partner`` recordset, to be merged into this one
        :return: a sentence, or a false value; overridden to refuse for a reason of
            another app
        """
        # Superuser: records that the user cannot see can also prevent a merge; only
        # names of the partners are shown, to which the user has write access.
        partners = (self | sources).sudo()
        _ = self.env._
        if len(partners) < 2:
            return _("Select at least two clients.")
        for partner in partners:
            if above := partner._get_client_ancestors() & partners:
                return _(
                    "%(contact)s is a contact or address of %(client)s, "
                    "so they cannot be merged.",
                    contact=partner.name or partner.display_name,
                    client=above[0].name,
                )
        # Also companies of others: it is the name of a partner that the user writes.
        companies = self.env["res.company"].sudo()
        if own := companies.search([("partner_id", "in", partners.ids)], limit=1):
            return _("%s is one of your own companies and cannot be merged.", own.name)
        return partners._get_client_users_refusal(self.env) or (
            self._get_client_company_refusal(sources)
            or self._get_client_locked_refusal(sources)
            or self._get_client_none_refusal(sources)
        )

    def _get_client_none_refusal(self, sources):
        """:return: a sentence when none of the partners is a client or a contact of
        one: for those Odoo's own merge has other rights, and requires the same email"""
        # Superuser: a contact counts even if the user cannot see its clients.
        partners = (self | sources).sudo()
        if partners.filtered("client_status") or partners.client_of_ids:
            return False
        return self.env._(
            "None of these is a client or a client's contact. Merge them "
            "in the Contacts app."
        )

    def _get_client_ancestors(self):
        """:return: the partners above this one"""
        above, partner = self.browse(), self.parent_id
        while partner and partner not in above:
            above |= partner
            partner = partner.parent_id
        return above

    def _get_client_users_refusal(self, env):
        """:return: a sentence when the users of these partners prevent the merge"""
        users = self.with_context(active_test=False).user_ids
        if len(users) > 1:
            return env._(
                "%(first)s and %(second)s both have a user account, so "
                "they cannot be merged.",
                first=users[0].partner_id.name,
                second=users[1].partner_id.name,
            )
        # Visitors of the website are users as well.
        own = users.filtered(lambda user: not user.share or user._is_public())
        own -= env.user
        if own and not env["res.users"].has_access("write"):
            return env._(
                "%s is an Odoo user. Only an administrator can merge the "
                "contacts of users.",
                own.partner_id.name,
            )
        return False

    def _get_client_company_refusal(self, sources):
        """:return: a sentence when the companies of the partners prevent the merge"""
        # Superuser: as for the other reasons, names of partners that the user writes.
        partners = (self | sources).sudo()
        companies = partners.company_id
        if len(companies) > 1:
            by_company = partners.grouped("company_id")
            first, second = (by_company[one][0].name for one in companies[:2])
            return self.env._(
                "%(first)s and %(second)s belong to different companies. "
                "Only clients of the same company can be merged.",
                first=first,
                second=second,
            )
        if not self.company_id:
            return False
        shared = partners.filtered(lambda partner: not partner.company_id)
        if not shared:
            return False
        # Superuser: entries of any company count; only that there are some is said.
        elsewhere = (
            self.env["account.move.line"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", shared.ids),
                    "!",
                    ("company_id", "child_of", self.company_id.id),
                ],
                limit=1,
            )
        )
        return bool(elsewhere) and self.env._(
            "%(other)s has journal entries in another company. Keep "
            "%(other)s, which is shared between companies, instead of "
            "%(client)s.",
            other=elsewhere.partner_id.name,
            client=self.name,
        )

    def _get_client_locked_refusal(self, sources):
        """:return: a sentence when partners other than the kept one have secured
        entries"""
        # The partner is part of the hash of an entry: moving it breaks the chain.
        locked = (
            self.env["account.move.line"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", sources.ids),
                    ("move_id.inalterable_hash", "!=", False),
                ],
                limit=1,
            )
        )
        if not locked:
            return False
        # Only users who can read the entry see which one it is.
        if not locked.move_id.sudo(False).has_access("read"):
            return self.env._(
                "%s has journal entries secured with a hash. Keep this "
                "one and merge the others into it.",
                locked.partner_id.name,
            )
        return self.env._(
            "%(client)s has journal entries secured with a hash, "
            "including %(entry)s. Keep %(client)s and merge the others "
            "into it.",
            client=locked.partner_id.name,
            entry=locked.move_id.name,
        )
