"""What the tests of letters share."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo.addons.client_extension.tests import common

from ..models import client_letter_run_write as engine


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

    @contextmanager
    def background(self, at_once=0, stop=None):
        """Leave runs to the background, and do not commit.

        :param stop: exception to raise after the first letters, or None
        """
        commits, runs = [], type(self.env["client.letter.run"])

        def commit(_run, processed=0):
            commits.append(processed)
            if stop and sum(commits) == 1:
                raise stop
            return float("inf")

        with (
            patch.object(engine, "AT_ONCE", at_once),
            patch.object(runs, "_commit", commit),
            patch.object(runs, "_rollback", lambda _run: None),
        ):
            yield commits
