"""What the tests of the import share."""

import base64
from contextlib import contextmanager
from types import SimpleNamespace
from unittest.mock import patch

from odoo import api
from odoo.exceptions import UserError
from odoo.service.server import Worker

from .common import ClientCase


def raise_end_of_time():
    """Raise what Odoo raises in a worker at its time limit."""
    Worker.signal_time_expired_handler(SimpleNamespace(pid=1), None, None)


class ImportCase(ClientCase):
    """A user who is only allowed to import, and helpers to import a text."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The transaction of a test is never committed.
        cls.classPatch(
            type(cls.env["client.import"]),
            "_commit_attempt",
            lambda record, processed=0: record.env.flush_all(),
        )
        cls.importer = cls.users["importer"]
        cls.belgium = cls.env.ref("base.be")
        cls.type_school = cls.env["client.type"].create({"name": "Test school"})
        cls.vip = cls.env["res.partner.category"].create({"name": "Test VIP"})

    def make(self, text, user=None, encoding="utf-8", **values):
        """:return: a ``client.import`` of that text, created by the importer"""
        imports = self.env["client.import"].with_user(user or self.importer)
        return imports.create(
            {"file": self.encode(text, encoding), "file_name": "test.csv", **values}
        )

    def encode(self, text, encoding="utf-8"):
        """:return: a text as the value of a file field"""
        data = text if isinstance(text, bytes) else text.encode(encoding)
        return base64.b64encode(data)

    def opened(self, action):
        """:return: the record that an action opens"""
        return self.env[action["res_model"]].browse(action["res_id"])

    def run_import(self, text, **values):
        """:return: the same, after its run; checks that each row is counted once"""
        record = self.make(text, **values)
        record.run()
        self.assertEqual(sum(self.counts(record)), record.row_count)
        return record

    def counts(self, record):
        """:return: created, updated, unchanged, skipped, rejected"""
        return (
            record.created_count,
            record.updated_count,
            record.unchanged_count,
            record.skipped_count,
            record.rejected_count,
        )

    def codes(self, record):
        return [(p.line, p.code) for p in record.problem_ids]

    def client(self, reference):
        partners = self.env["res.partner"].with_context(active_test=False)
        found = partners.search([("ref", "=", reference)])
        # An add-on may give the people of a client its reference.
        return found.filtered(lambda partner: partner.parent_id.ref != reference)

    @contextmanager
    def refusing_category(self, *names):
        """Make Odoo refuse new categories with these names."""
        categories = type(self.env["res.partner.category"])
        create, reason = categories.create, "No such category."

        @api.model_create_multi
        def refuse(records, vals_list):
            if any(vals["name"] in names for vals in vals_list):
                raise UserError(reason)
            return create(records, vals_list)

        with patch.object(categories, "create", refuse):
            yield

    def label(self, text):
        """:return: name of the property with that label"""
        labels = self.env["client.import.columns"]._get_labels()
        return labels[text][0]
