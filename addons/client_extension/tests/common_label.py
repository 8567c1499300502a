from .common import ClientCase


class LabelCase(ClientCase):
    """The shared data, without a label of additional data."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Label = cls.env["client.label"]
        cls.definition = cls.Partner._get_client_properties_definition()
        cls.definition.properties_definition = []
        cls.Label.with_context(active_test=False).search([]).unlink()

    @classmethod
    def add(cls, name, kind="char", user="manager", **values):
        """:return: a new label, added in the dialog by one of the users"""
        dialog = cls.env["client.label.add"].with_user(cls.users[user])
        known = cls.Label.search([])
        dialog.create({"name": name, "kind": kind, **values}).action_confirm()
        return cls.Label.search([]) - known

    def items(self):
        """:return: list of dicts, Odoo's definition"""
        return self.definition.properties_definition

    def stored(self, partner):
        """:return: dict or None, the stored values of a partner"""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT client_properties FROM res_partner WHERE id = %s", [partner.id]
        )
        return self.env.cr.fetchone()[0]

    def save_form(self, partner, **values):
        """Write as the form does: every known label, with its value."""
        shown = partner.read([("client_properties")])[0]["client_properties"]
        for item in shown:
            item["value"] = values.get(item["name"], item.get("value"))
        partner.write({"client_properties": shown})
