from odoo.tests import tagged

from odoo.addons.client_extension.tests import common_bridge


@tagged("post_install", "-at_install")
class TestLetterBridge(common_bridge.BridgeCase):
    """Letters on the overview and the timeline, for every user of the Clients app."""

    sections = ("letter",)
    sources = ("letter",)
    blocks = 1
    allow_inherited_tests_method = True

    @classmethod
    def make_documents(cls, client):
        letters = cls.env["client.letter"].create(
            [
                {"client_id": client.id, "name": name, "body": "<p>Hello</p>"}
                for name in ("Draft", "Done")
            ]
        )
        letters[1].action_print()
