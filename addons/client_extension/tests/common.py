"""The shared data of the tests: a travel agency and its staff."""

import json

from odoo.tests import TransactionCase, new_test_user

GROUPS = {
    "user": "client_extension.group_client_user",
    "importer": "client_extension.group_client_importer",
    "manager": "client_extension.group_client_manager",
    "accountant": "base.group_user,account.group_account_invoice",
    "employee": "base.group_user",
    "portal": "base.group_portal",
}
#: the parameter of a database that has the shared data: their ids, as JSON
WORLD = "client_extension.tests"
#: of all tests: the same date, even if they run around midnight
CONTEXT = {"tracking_disable": True, "tz": "UTC"}


def make_world(env):
    """Create the shared data.

    :param Environment env: of the superuser, with ``CONTEXT``
    :return: dict: name of a record in ``ClientCase`` -> its id; ``users`` -> the same
        for each of ``GROUPS``
    """
    france = env.ref("base.fr")
    partners, units = env["res.partner"], env["client.business.unit"]
    users = {
        name: new_test_user(env, login=f"clients_{name}", groups=groups).id
        for name, groups in GROUPS.items()
    }
    agency = units.create({"name": "Agency Lyon", "company_id": False})
    desk = units.create({"name": "Groups desk", "parent_id": agency.id})
    family, school, supplier = partners.create(
        [
            {
                "name": "Famille Lefèvre",
                "client_status": "prospect",
                "ref": "T-0001",
                "email": "lefevre@example.com",
                "phone": "+33 4 78 00 00 01",
                "mobile": "+33 6 12 34 56 01",
                "city": "Lyon",
                "country_id": france.id,
            },
            {
                "name": "Collège Jean Moulin",
                "is_company": True,
                "client_status": "client",
                "ref": "T-0002",
                "vat": "FR23334175221",
                "country_id": france.id,
            },
            {"name": "Autocars Rhône", "ref": "T-0001"},
        ]
    )
    return {
        "users": users,
        "agency": agency.id,
        "desk": desk.id,
        "family": family.id,
        "school": school.id,
        "supplier": supplier.id,
    }


def keep_world(env):
    """Create the shared data for all tests that follow in the database of *env*, so
    that not each class of tests does: see ``ClientCase``. It is for a database that is
    thrown away after its tests.

    :param Environment env: of the superuser; the caller commits
    """
    world = make_world(env(context={**env.context, **CONTEXT}))
    env["ir.config_parameter"].set_param(WORLD, json.dumps(world))


class ClientCase(TransactionCase):
    """Users of every kind, two units and a few clients.

    They are created for each class, unless the database has them: ``keep_world``.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, **CONTEXT})
        cls.Partner = cls.env["res.partner"]
        cls.company = cls.env.company
        cls.france = cls.env.ref("base.fr")
        kept = cls.env["ir.config_parameter"].get_param(WORLD)
        world = json.loads(kept) if kept else make_world(cls.env)
        users = cls.env["res.users"]
        cls.users = {name: users.browse(user) for name, user in world["users"].items()}
        for model, names in (
            (cls.env["client.business.unit"], ("agency", "desk")),
            (cls.Partner, ("family", "school", "supplier")),
        ):
            for name in names:
                setattr(cls, name, model.browse(world[name]))

    def assertNoNumber(self, partner):
        """We gave it no reference; if it has one, an add-on numbers every partner."""
        number = self.env.ref("client_extension.ir_sequence_client_reference")
        reference = partner.ref or ""
        self.assertFalse(reference.startswith(number.get_next_char(0)[:1]))
        if reference:
            sequence = self.env["ir.sequence"].search([("code", "=", "res.partner")])
            self.assertTrue(reference.startswith(sequence.prefix))

    @classmethod
    def as_user(cls, name):
        """:return: the partner model as one of the users of GROUPS sees it"""
        return cls.Partner.with_user(cls.users[name])

    @classmethod
    def name_parts(cls):
        """:return: list of str: the fields of the first and the last name out of which
        another add-on computes the name of a person; empty without such an add-on
        """
        return list(cls.registry.field_depends[cls.Partner._fields["name"]])

    @classmethod
    def type_name(cls, form, name):
        """Enter the name of a person into a form, according to the configuration."""
        if parts := cls.name_parts():
            first, _space, last = name.rpartition(" ")
            for part, text in zip(parts, (first, last), strict=True):
                setattr(form, part, text)
        else:
            form.name = name

    @classmethod
    def kept_name(cls, name):
        """:return: a name as it is stored, according to the configuration"""
        return " ".join(name.split()) if cls.name_parts() else name

    def needs_own_parts(self):
        """Skip a test of first and last names that are derived from the name."""
        if self.name_parts():
            self.skipTest("an add-on computes names out of parts that it stores")

    def needs_batches(self):
        """Skip a test of the cost of creating many partners at once."""
        if self.name_parts():
            self.skipTest("an add-on computes names: it creates partners one by one")

    @classmethod
    def make_company(cls, name="Campings du Nord"):
        """:return: another company, which no user of GROUPS belongs to"""
        return cls.env["res.company"].create({"name": name})


class ContactCase(ClientCase):
    """The same data, with the roles of contacts."""

    ACCOUNTING_TODAY = [("role_ids.gets_invoices", "=", True), ("is_ended", "=", False)]

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Line = cls.env["client.contact"]
        for name in ("escort", "traveller", "accounting", "trip_manager"):
            role = cls.env.ref(f"client_extension.client_contact_role_{name}")
            setattr(cls, name, role)

    @classmethod
    def line(cls, client, **values):
        """:return: a new contact of a client"""
        return cls.Line.create({"client_id": client.id, **values})
