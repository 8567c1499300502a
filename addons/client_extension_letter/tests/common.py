"""What the tests of letters share."""

from odoo.addons.client_extension.tests import common


class LetterCase(common.ContactCase):
    """A French company, clients with an address, and a template."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {"country_id": cls.france.id, "client_letter_window": "right"}
        )
        cls.family.write({"street": "12, rue de la Paix", "zip": "69002"})
        cls.Letter = cls.env["client.letter"]
        cls.template = cls.env["mail.template"].create(
            {
                "name": "Visit",
                "model_id": cls.env.ref("base.model_res_partner").id,
                "client_is_letter": True,
                "subject": "Your visit, {{ object.name }}",
                "body_html": '<p>To <t t-out="object.name">you</t>, '
                'reference <t t-out="object.ref">none</t>.</p>',
            }
        )

    @classmethod
    def letter(cls, client=None, **values):
        """:return: a letter of the plain user, with the template"""
        client = client or cls.family
        return cls.Letter.with_user(cls.users["user"]).create(
            {"client_id": client.id, "template_id": cls.template.id, **values}
        )
