from odoo.fields import Domain
from odoo.tests import new_test_user, tagged

from ..common import ClientCase
from .test_hidden_client import APPS, wide_groups

#: models that show partners and that no closed unit hides -> why
OPEN = {
    "account.analytic.account": "its name is a text, and documents need it",
    "calendar.filters": "of who made it",
    "client.duplicate.group": "of who searched; its clients follow their own rule",
    "client.letter.run": "of who writes; its clients follow their own rule",
    "discuss.channel.member": "who is in a conversation is known in it",
    "hr.employee": "colleagues",
    "hr.employee.public": "colleagues",
    "hr.version": "colleagues",
    "hr.work.location": "addresses of the company",
    "mail.message": "follows its record",
    "mail.notification": "follows its message",
    "mail.scheduled.message": "follows its record",
    "payment.token": "of the partner itself",
    "res.company": "the company itself",
    "res.partner.category": "its clients follow their own rule",
    "res.users.settings.volumes": "of the user",
}


@tagged("post_install", "-at_install")
class TestClosedModels(ClientCase):
    """Each model that shows partners hides those of closed units, or is known not to.

    One that is new here has to be closed by the bridge of its app, or to be added to
    the list above and to ``docs/privacy.md``.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outsider = new_test_user(cls.env, login="closed_models")
        cls.outsider.group_ids = wide_groups(cls.env, *APPS, "hr_timesheet.")
        cls.env["client.business.unit"].create(
            {"name": "Closed", "company_id": False, "members_only": True}
        )
        cls.env.flush_all()
        cls.env.invalidate_all()

    def get_foreign(self):
        """:return: set of names of the add-ons that no bridge of ours knows: those of
        the OCA, and what came along with them"""
        modules = self.env["ir.module.module"].search([("state", "=", "installed")])
        theirs = modules.filtered(lambda one: "Community" in (one.author or ""))
        ours = modules.filtered(lambda one: one.name.startswith("client_extension"))
        theirs, ours = (
            some | some.upstream_dependencies(exclude_states=("uninstalled",))
            for some in (theirs, ours)
        )
        foreign = theirs - ours
        foreign |= foreign.downstream_dependencies(exclude_states=("uninstalled",))
        return set(foreign.mapped("name"))

    def get_models(self):
        """:return: set of names of models that show partners to the outsider"""
        foreign = self.get_foreign()
        found = set()
        for name in self.env.registry:
            model = self.env[name].with_user(self.outsider)
            # An abstract one has no rows, but for charts: they read other models.
            if model._abstract or model._transient or not model.has_access("read"):
                continue
            if model._original_module in foreign:
                continue
            links = [
                field
                for field in model._fields.values()
                if field.comodel_name == "res.partner" and field.store
            ]
            if any(model._has_field_access(field, "read") for field in links):
                found.add(name)
        return found

    def test_each_model_is_closed_or_known_not_to_be(self):
        rules = self.env["ir.rule"].with_user(self.outsider)
        shown = self.get_models()
        self.assertLessEqual({"client.contact", "mail.followers"}, shown)
        for name in sorted(shown - OPEN.keys()):
            domain = Domain(rules._compute_domain(name, "read"))
            with self.subTest(model=name):
                self.assertIn("client_is_hidden", str(domain))
