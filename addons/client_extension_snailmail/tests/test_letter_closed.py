from odoo.tests import tagged

from odoo.addons.client_extension.tests import common_closed


@tagged("post_install", "-at_install")
class TestSnailmailClosed(common_closed.ClosedUnitCase):
    """Letters by post to clients of closed units."""

    groups = "client_extension.group_client_user"
    allow_inherited_tests_method = True

    @classmethod
    def make_documents(cls, client):
        return [
            cls.env["snailmail.letter"].create(
                {
                    "partner_id": client.id,
                    "model": "res.partner",
                    "res_id": client.id,
                    "company_id": cls.company.id,
                }
            )
        ]
