import itertools
import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..common import ClientCase

#: a word that nothing but the hidden client has
SECRET = "zqxsecret"
#: Odoo's own form of a contact fills in the address and the salesperson of its parent
ODOO_TELLS = ("res.partner", "parent_id")
#: how the groups of the apps begin whose documents have clients
APPS = ("sales_team.", "event.", "project.", "purchase.")


def wide_groups(env, *apps):
    """:return: every group of ours and of the apps whose names begin like this, but
    those whose members see the clients of closed units"""
    seeing = env.ref("client_extension.group_client_manager")
    for accounting in ("invoice", "readonly"):
        seeing |= env.ref(f"account.group_account_{accounting}")
    groups = env["res.groups"].search([])
    names = ("client_extension", *apps)
    ours = groups.filtered(lambda one: one.get_external_id()[one.id].startswith(names))
    return ours.filtered(lambda one: not one.all_implied_ids & seeing)


@tagged("post_install", "-at_install")
class TestHiddenClient(ClientCase):
    """A form that only tries a client whom its user may not see tells nothing of it.

    Over RPC anybody can try any id. Odoo itself answers with the name of the record
    that was tried, in every form: neither that nor a display name is looked at.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outsider = new_test_user(cls.env, login="hidden_outsider")
        cls.outsider.group_ids = wide_groups(cls.env, *APPS)
        manager = new_test_user(
            cls.env, login=f"{SECRET}_manager", name=f"Manager {SECRET}"
        )
        units = cls.env["client.business.unit"].with_context(active_test=False)
        units.search([("members_only", "=", True)]).members_only = False
        unit = units.create({"name": f"Unit {SECRET}", "company_id": False})
        country = cls.env.ref("base.is")
        category = cls.env["res.partner.category"].create({"name": f"Tag {SECRET}"})
        cls.hidden = cls.Partner.create(
            {
                "name": f"Client {SECRET}",
                "is_company": False,
                "client_status": "client",
                "email": f"mail@{SECRET}.example.com",
                "phone": f"+33 1 {SECRET}",
                "street": f"Street {SECRET}",
                "city": f"City {SECRET}",
                "zip": f"Zip {SECRET}",
                "country_id": country.id,
                "ref": f"REF-{SECRET}",
                "function": f"Job {SECRET}",
                "comment": f"Note {SECRET}",
                "website": f"https://{SECRET}.example.com",
                "category_id": category.ids,
                "user_id": manager.id,
                "client_business_unit_id": unit.id,
            }
        )
        cls.env["client.contact"].create(
            {"client_id": cls.hidden.id, "last_name": f"Person {SECRET}"}
        )
        unit.members_only = True
        cls.env.flush_all()

    def tried(self):
        """Yield (model as the outsider, field that leads to a partner)."""
        for name in sorted(self.env.registry):
            model = self.env[name].with_user(self.outsider)
            if model._abstract or not self.readable(model):
                continue
            if not model.has_access("create"):
                continue
            for field in model._fields.values():
                known = (name, field.name) == ODOO_TELLS
                if self.leads(field) and field.store and not known:
                    yield model, field.name

    def leads(self, field):
        """:return: whether the field leads to one partner"""
        return field.type == "many2one" and field.comodel_name == "res.partner"

    def readable(self, model):
        """:return: list of the fields of ours that a form of the model can ask for"""
        return [
            field
            for field in model._fields.values()
            if field.name != "display_name"
            and any(name.startswith("client_extension") for name in field._modules)
            and model._has_field_access(field, "read")
        ]

    def answer(self, model, name, changed, field):
        """What the server says of a field to a form in which the client is tried.

        :param list changed: name of the field, as after typing; empty as in a new form
        :return: its value without the name of a partner; None when it refuses
        """
        named = {"fields": {"display_name": {}}}
        # Names first: Odoo reads them as superuser, and the rest lies in the cache.
        partners = [one.name for one in model._fields.values() if self.leads(one)]
        spec = {
            name: named,
            **{other: named for other in partners if other != field.name},
            field.name: named if field.relational else {},
        }
        # As a request of its own: what another one read is not in its cache.
        self.env.invalidate_all()
        try:
            with self.env.cr.savepoint():
                values = model.onchange({name: self.hidden.id}, changed, spec)
        except (AccessError, UserError):
            return None
        value = values["value"].get(field.name)
        if self.leads(field) and isinstance(value, dict):
            value.pop("display_name", None)
        return value

    def test_the_user_does_not_see_the_client(self):
        hidden = self.hidden.with_user(self.outsider)
        self.assertFalse(hidden.has_access("read"))
        self.assertTrue(self.school.with_user(self.outsider).has_access("read"))

    def test_no_form_that_tries_it_tells_anything_of_it(self):
        count = 0
        for model, name in self.tried():
            fields = self.readable(model)
            for changed, field in itertools.product(([name], []), fields):
                with self.subTest(model=model._name, tried=name, told=field.name):
                    value = self.answer(model, name, changed, field)
                    self.assertNotIn(SECRET, json.dumps(value, default=str))
                    count += 1
        self.assertGreater(count, 20)

    def test_a_form_that_tries_a_client_whom_the_user_sees_is_filled(self):
        line = self.env["client.contact"].with_user(self.outsider)
        spec = {"client_status": {}, "client_is_company": {}}
        tried = {"client_id": self.school.id}
        values = line.onchange(tried, ["client_id"], spec)["value"]
        self.assertEqual(values["client_status"], self.school.client_status)
        self.assertEqual(values["client_is_company"], self.school.is_company)
