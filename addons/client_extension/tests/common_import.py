"""What the tests of the import share."""

import base64

from .common import ClientCase


class ImportCase(ClientCase):
    """A user who may import and nothing more, and short ways to import a text."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.importer = cls.users["importer"]
        cls.belgium = cls.env.ref("base.be")
        cls.type_school = cls.env["client.type"].create({"name": "Test school"})
        cls.vip = cls.env["res.partner.category"].create({"name": "Test VIP"})

    def make(self, text, user=None, encoding="utf-8", **values):
        """:return: a ``client.import`` of that text, in the name of the importer"""
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
        """:return: the same, after its run; its rows are counted once each"""
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
        return partners.search([("ref", "=", reference)])

    def label(self, text):
        """:return: name of the property with that label"""
        labels = self.env["client.import.columns"]._get_labels()
        return labels[text][0]
