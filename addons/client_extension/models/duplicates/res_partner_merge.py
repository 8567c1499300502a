from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..clients.identity.res_partner_reference import CHECKED_LATER
from ..clients.res_partner import STATUS_DATES
from ..labels.res_partner_properties import PROPERTIES

#: computed and stored, which is what Odoo's merge leaves out
KEPT_OR_FILLED = ("user_id", "company_registry")
#: what a merge makes of those of all: see ``_prepare_client_merge``
COUNTED = {"client_status", *STATUS_DATES.values(), *KEPT_OR_FILLED}
#: more do not fit beside each other, and nobody could tell what becomes of them
MAX_COMPARED = 20
MERGER = "client_extension.group_client_manager"


class ResPartner(models.Model):
    """From a client to its duplicates: compare, merge, or say that they are two."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    # Actions

    def action_client_compare(self):
        """Put these clients side by side, to be merged.

        :return: action of the page on which one chooses what stays
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
        """Remember that these clients are not the same: no warning of them again."""
        partners = self.exists()
        partners._check_client_not_duplicates()
        # Superuser: the user may write each of the clients.
        self.env["client.not.duplicate"].sudo()._add_all(partners)
        groups = self.env["client.duplicate.group"].sudo()
        found = groups.search([("partner_ids", "in", partners.ids)])
        found._forget_told_apart()
        return True

    def _check_client_not_duplicates(self):
        """:raise AccessError: when the user may not say so of each of these"""
        self._check_client_user()
        if not 1 < len(self.exists()) <= MAX_COMPARED:
            raise UserError(
                self.env._("Select 2 to %s clients to compare.", MAX_COMPARED)
            )
        self.check_access("write")

    # Comparison

    @api.model
    def _get_client_merge_rows(self):
        """What is compared, and chosen together, before clients are merged.

        :return: dict: key -> pair (its name or None for that of the field, names of
            the fields that are taken from one of the clients, all or none);
            overridden to let users choose fields of one's own
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
        """Merge others into this client, by Odoo's own merge, however many they are.

        :param sources: ``res.partner`` recordset, gone afterwards
        :param dict values: for ``write``, of what the user chose to keep
        :param dict additional: the same of the additional data, by key of the label;
            None empties it
        :raise UserError: when they cannot be merged, in a sentence
        """
        self.ensure_one()
        sources -= self
        self._check_client_merge(sources)
        references = (self | sources).mapped("ref")
        # Superuser: each partner was checked above in the name of the user. Odoo's
        # merge moves their documents by SQL and deletes as superuser by itself, but
        # would leave out the fields that the user may not read, and lets nobody but
        # administrators merge those with different addresses.
        partner = self.sudo()
        wizard = partner.env["base.partner.merge.automatic.wizard"]
        # One by one: of two at once the second would win where both have a value.
        for source in sources:
            wizard._merge((self | source).ids, partner, extra_checks=False)
        self._write_client_choices(values or {}, additional or {}, references)

    def _write_client_choices(self, values, additional, references):
        """Write what the user chose, in their own name, where the merge differs.

        :param dict values: for ``write``
        :param dict additional: by key of the label, None where none is chosen
        :param references: list of the references that the merged partners had
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
        # One of the merged had it: an old duplicate elsewhere is no new one.
        merging = (
            {"client_references": CHECKED_LATER} if reference in references else {}
        )
        self.with_context(**merging).write(values)
        if not self.client_status:
            # Of a contact nobody looks for a reference.
            return
        # Superuser: a former reference is kept by the merge, not written by anybody.
        formers = self.sudo().client_former_reference_ids
        formers.filtered(lambda former: former.reference == reference).unlink()
        formers._keep(self.sudo(), references)

    def _prepare_client_merge(self, sources):
        """What a client takes over from those who are merged into it, beside what
        Odoo's merge carries: an empty field is filled, a filled one stays.

        :param sources: ``res.partner`` recordset in superuser mode
        :return: dict for ``write``; overridden to carry what the merge would drop
        """
        self.ensure_one()
        partners = self | sources
        values = {
            name: next((p[name] for p in partners if p[name]), False)
            for name in KEPT_OR_FILLED
        }
        values["user_id"] = values["user_id"] and values["user_id"].id
        values["ref"] = self.ref or next(filter(None, sources.mapped("ref")), False)
        # Odoo would give a client of all companies that of the first other one.
        values["company_id"] = self.company_id.id
        statuses = set(partners.mapped("client_status"))
        values["client_status"] = "client" if "client" in statuses else "prospect"
        for name in STATUS_DATES.values():
            values[name] = min(filter(None, partners.mapped(name)), default=False)
        values[PROPERTIES] = self._merge_client_properties(sources)
        return values

    def _get_client_merge_properties(self):
        """:return: list of the Properties fields that Odoo's merge leaves out, but for
        the additional data, which only clients have"""
        return [
            field
            for name, field in self._fields.items()
            if field.type == "properties" and field.store and name != PROPERTIES
        ]

    def _merge_contact_properties(self, sources):
        """What a partner takes over of Odoo's own properties, client or not.

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
        """Refuse a merge that cannot be, before anything is done.

        Deleting and writing each of them is what a merge does, so the user needs to
        be allowed both. That is a client manager's right: a merge cannot be undone.

        :param sources: ``res.partner`` recordset
        :raise AccessError: for those who may not
        :raise UserError: with the sentence of :meth:`_get_client_merge_refusal`
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
        """Why these partners cannot become one.

        :param sources: ``res.partner`` recordset, to be merged into this one
        :return: a sentence, or a false value; overridden to refuse for a reason of
            another app
        """
        # Superuser: what stands against a merge does so also where the user cannot
        # look; names are those of the partners, whom the user may write.
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
        companies = self.env["res.company"].sudo()
        if own := companies.search([("partner_id", "in", partners.ids)], limit=1):
            return _("%s is one of your own companies and cannot be merged.", own.name)
        return partners._get_client_users_refusal(self.env) or (
            self._get_client_company_refusal(sources)
            or self._get_client_locked_refusal(sources)
            or self._get_client_none_refusal(sources)
        )

    def _get_client_none_refusal(self, sources):
        """:return: a sentence when none of the partners is a client or stands with one:
        for those Odoo's own merge has other rights, and asks for the same email"""
        # Superuser: a contact of clients whom the user may not see is one all the same.
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
        """:return: a sentence when the users of these partners stand against it"""
        users = self.with_context(active_test=False).user_ids
        if len(users) > 1:
            return env._(
                "%(first)s and %(second)s both have a user account, so "
                "they cannot be merged.",
                first=users[0].partner_id.name,
                second=users[1].partner_id.name,
            )
        # Whoever visits the website is a user as well.
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
        """:return: a sentence when the companies of the partners stand against it"""
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
        """:return: a sentence when others than the kept one have locked entries"""
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
        # Which entry it is, is told to those who may read it.
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
