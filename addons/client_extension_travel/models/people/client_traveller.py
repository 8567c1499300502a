from odoo import api, fields, models

IDENTITY = "client_extension_travel.group_travel_identity"


class ClientTraveller(models.Model):
    """What an identity paper says of a person who travels.

    A table of its own, which no field of another model leads to: what reads, exports,
    merges or writes to partners and participants cannot hold it. Nothing of it is
    tracked.
    """

    _name = "client.traveller"
    _description = "Traveler"
    _order = "person_id, id"
    _rec_names_search = ["person_id.complete_name"]

    person_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('is_company', '=', False)]",
    )
    company_id = fields.Many2one(
        related="person_id.company_id", store=True, index="btree_not_null"
    )
    birth_date = fields.Date(groups=IDENTITY)
    birth_place = fields.Char(string="Place of Birth", groups=IDENTITY)
    nationality_id = fields.Many2one("res.country", groups=IDENTITY)
    gender = fields.Selection(
        [("female", "Female"), ("male", "Male"), ("other", "Other")],
        help="As in the passport or identity card.",
        groups=IDENTITY,
    )
    needs = fields.Text(
        help="Allergies, diets, medicines, mobility: what those who look after this "
        "person have to know.",
        groups=IDENTITY,
    )
    emergency_name = fields.Char(string="Emergency Contact", groups=IDENTITY)
    emergency_phone = fields.Char(groups=IDENTITY)
    paper_ids = fields.One2many(
        "client.identity.paper",
        "traveller_id",
        string="Identity Papers",
        groups=IDENTITY,
    )

    _one_each = models.Constraint(
        "UNIQUE(person_id)", "This person already has a traveler record."
    )

    @api.depends("person_id.name")
    def _compute_display_name(self):
        for traveller in self:
            traveller.display_name = traveller.person_id.name

    def write(self, vals):
        result = super().write(vals)
        if "person_id" in vals:
            # Users cannot link records that they are not allowed to see.
            self.check_access("write")
        return result

    @api.model
    def _get_action_of(self, person):
        """Open what is known of a person, or the empty form of it.

        :param person: ``res.partner``
        :return: dict of a window action
        :raise AccessError: unless the user is allowed to see the person and its
            identity
        """
        self.check_access("create")
        person.ensure_one().check_access("read")
        # Superuser: whether there is a record at all; it is read as the user.
        found = self.sudo().search([("person_id", "=", person.id)]).sudo(False)
        found.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Traveler"),
            "res_model": self._name,
            "res_id": found.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {"default_person_id": person.id},
        }

    @api.model
    def _merge_persons(self, sources, person):
        """Keep one record when persons are merged: that of the person who is kept, with
        what only the others know, and the papers of all.

        :param sources: ``res.partner`` that are about to be deleted
        :param person: ``res.partner`` that is kept
        """
        found = self.search([("person_id", "in", (sources | person).ids)])
        if not found:
            return
        found = found.sorted(lambda one: one.person_id != person)
        kept, others = found[0], found[1:]
        values = kept._prepare_merge(others)
        others.paper_ids.traveller_id = kept
        # Their papers are no longer theirs: those in memory would go with them.
        others.invalidate_recordset(["paper_ids"])
        others.unlink()
        kept.write({**values, "person_id": person.id})

    def _prepare_merge(self, others):
        """:param others: ``client.traveller`` of the same person
        :return: dict: what this one lacks and another has, and the needs of all, so
            that none is lost; overridden to take over more
        """
        self.ensure_one()
        names = (
            "birth_date",
            "birth_place",
            "nationality_id",
            "gender",
            "emergency_name",
            "emergency_phone",
        )
        values = {}
        for name in names:
            first = next(filter(None, (self | others).mapped(name)), None)
            if not self[name] and first:
                values[name] = self._fields[name].convert_to_write(first, self)
        needs = dict.fromkeys(filter(None, (self | others).mapped("needs")))
        return {**values, "needs": "\n".join(needs) or False}
