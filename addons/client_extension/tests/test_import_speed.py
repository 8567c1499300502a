from odoo.tests import tagged

from .common_import import ImportCase


@tagged("post_install", "-at_install")
class TestImportSpeed(ImportCase):
    """An import costs queries by the chunk, not by the row."""

    def rows(self, count, city="Lyon"):
        return "reference;name;city;country;code SAP;category\n" + "".join(
            f"S{i:04};Client {i};{city};FR;{i:06};Test VIP\n" for i in range(count)
        )

    def queries(self, text):
        record = self.make(text)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        record.run()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before, self.counts(record)

    def test_queries(self):
        self.queries(self.rows(1))
        few, _counts = self.queries(self.rows(101))
        new, counts = self.queries(self.rows(301))
        self.assertEqual(counts, (200, 0, 101, 0, 0))
        changed, counts = self.queries(self.rows(301, city="Nice"))
        self.assertEqual(counts, (0, 301, 0, 0, 0))
        same, counts = self.queries(self.rows(301, city="Nice"))
        self.assertEqual(counts, (0, 0, 301, 0, 0))
        self.assertLess(few, 150)
        self.assertLess(new, 250)
        self.assertLess(changed, 100)
        self.assertLess(same, 70)
