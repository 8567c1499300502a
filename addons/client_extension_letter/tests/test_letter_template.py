from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import LetterCase


@tagged("post_install", "-at_install")
class TestLetterTemplate(LetterCase):
    """Managers write templates without the right of Odoo's template editors."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param(
            "mail.restrict.template.rendering", True
        )
        editors = cls.env.ref("mail.group_mail_template_editor")
        cls.manager, cls.user = cls.users["manager"], cls.users["user"]
        assert editors not in cls.manager.all_group_ids

    def test_managers_write_templates_with_placeholders(self):
        template = self.template.with_user(self.manager)
        template.body_html = '<p><t t-out="object.client_salutation">x</t></p>'
        template.subject = "{{ object.city }}"
        self.assertEqual(self.letter().name, "Lyon")
        self.assertIn(self.family._get_client_salutation(), self.letter().body)

    def test_managers_write_no_other_expression(self):
        template = self.template.with_user(self.manager)
        for text in ("user.login", "object.env", "object.user_id.password", "1 + 1"):
            with self.assertRaises(AccessError):
                template.body_html = f'<p><t t-out="{text}">x</t></p>'
            with self.assertRaises(AccessError):
                template.subject = f"{{{{ {text} }}}}"

    def test_every_placeholder_can_be_rendered(self):
        for text in self.Partner.mail_allowed_qweb_expressions():
            if text == "object.contact_name":  # of Odoo, for leads
                continue
            template = self.template.with_user(self.manager)
            template.body_html = f'<p>A <t t-out="{text}">nothing</t></p>'
            self.assertIn("<p>A", self.letter().body, text)

    def test_managers_change_letters_alone(self):
        other = self.env["mail.template"].create(
            {"name": "Mail", "model_id": self.template.model_id.id}
        )
        for values in ({"name": "x"}, {"client_is_letter": True}):
            with self.assertRaises(AccessError):
                other.with_user(self.manager).write(values)
        created = (
            self.env["mail.template"]
            .with_user(self.manager)
            .create(
                {
                    "name": "Mine",
                    "model_id": self.template.model_id.id,
                    "client_is_letter": True,
                    "subject": "Hello",
                }
            )
        )
        created.name = "Mine too"
        self.template.with_user(self.manager).unlink()
        self.assertFalse(self.template.exists())

    def test_users_change_no_letter(self):
        with self.assertRaises(AccessError):
            self.template.with_user(self.user).name = "x"
        templates = self.env["mail.template"].with_user(self.user)
        values = {"name": "x", "model_id": self.template.model_id.id}
        with self.assertRaises(AccessError):
            templates.create({**values, "client_is_letter": True})
        with self.assertRaises(AccessError):
            templates.with_context(default_client_is_letter=True).create(values)
        with self.assertRaises(AccessError):
            templates.create(values).client_is_letter = True

    def test_a_letter_is_to_a_contact(self):
        with self.assertRaises(ValidationError):
            self.template.model_id = self.env.ref("base.model_res_users")

    def test_shipped_templates_can_be_filled_in(self):
        templates = self.env["mail.template"].search(
            [("client_is_letter", "=", True), ("id", "!=", self.template.id)]
        )
        shipped = templates.filtered(
            lambda t: t.get_external_id()[t.id].startswith("client_extension_letter")
        )
        self.assertEqual(len(shipped), 5)
        for template in shipped:
            letter = self.letter(template_id=template.id)
            self.assertIn("Kind regards", letter.body)
            self.assertTrue(letter.name)
            self.assertNotIn("t-out", letter.body)
            template.with_user(self.manager).name = "Changed"
