import base64

from odoo.tests import tagged

from ..common_import import ImportCase

NBSP, SOFT, LTR, POP = "\u00a0", "\u00ad", "\u202a", "\u202c"

#: columns of a file, a row as people have it -> what they type into the search box, and
#: the values with which they enter the same client again
CASES = {
    # The inputs of the public reports.
    "vat with dots": (
        ("name;vat;country", "Brouwerij De Kroon;BE 0477.472.701;BE"),
        ("BE0477472701", "0477.472.701", "BE 0477 472 701", "477472701"),
        ({"vat": "BE0477472701"}, {"vat": "0477.472.701", "country": "BE"}),
    ),
    "second email": (
        ("name;email", 'Bakkerij Smit;"info@smit.example, boekhouding@smit.example"'),
        ("boekhouding@smit.example", "INFO@smit"),
        ({"email": "boekhouding@smit.example"}, {"email": "Info@Smit.example"}),
    ),
    "national phone": (
        ("name;phone;country", "Zonnebloem;06 19 34 56 78;FR"),
        ("+33619345678", "0033619345678", "+33 6 19 34 56 78", "06.19.34.56.78"),
        ({"phone": "+33619345678"}, {"mobile": "0033 6 19 34 56 78"}),
    ),
    "apostrophe": (
        ("name;city", "L\u2019Oréal Voyages;Clichy"),
        ("L'Oréal", "l\u2018oreal", "L\u00b4Oréal"),
        ({"name": "L'Oréal Voyages"}, {"name": "l\u00b4oreal voyages"}),
    ),
    "ligature": (
        ("name;city", "Le Bœuf Rouge;Spa"),
        ("Boeuf", "LE BOEUF"),
        ({"name": "Le Boeuf Rouge"},),
    ),
    "spaces inside": (
        ("name;city", "Atelier  du   Lac;Spa"),
        ("Atelier du Lac", f"Atelier{NBSP}du Lac"),
        ({"name": "Atelier du Lac"},),
    ),
    "no-break spaces inside": (
        ("name;city", f"Hôtel{NBSP}du{NBSP}Pont;Dinant"),
        ("Hôtel du Pont", "hotel du pont"),
        ({"name": "Hotel du Pont"},),
    ),
    # Others of their kind.
    "letters with a stroke": (
        ("name;city", "Rødovre Łódź Ærø;Aarhus"),
        ("rodovre lodz", "RØDOVRE", "aero"),
        ({"name": "Rodovre Lodz Aero"},),
    ),
    "composed accents": (
        ("name;city", "Cre\u0301merie Noe\u0308l;Metz"),
        ("Crémerie Noël", "cremerie noel", "Cre\u0301merie"),
        ({"name": "Crémerie Noël"},),
    ),
    "accents typed in two pieces": (
        ("name;city", "Brûlerie Façade;Metz"),
        ("Bru\u0302lerie Fac\u0327ade",),
        ({"name": "Bru\u0302lerie Fac\u0327ade"},),
    ),
    "other apostrophes": (
        ("name;city", "D\u02bcArtagnan O\u2032Neill;Auch"),
        ("D'Artagnan O'Neill", "d\u2019artagnan"),
        ({"name": "d\u2019Artagnan O'Neill"},),
    ),
    "invisible signs": (
        ("name;city", f"Vul{SOFT}can {LTR}Tours{POP};Lens"),
        ("Vulcan Tours", f"{LTR}vulcan tours{POP}"),
        ({"name": "Vulcan Tours"},),
    ),
    "company id": (
        ("name;number", "Atelier Nord;732 829 320"),
        ("732.829.320", "732829320", f"732{NBSP}829"),
        ({"company_registry": "732.829.320"},),
    ),
    "vat without its country": (
        ("name;vat;country", "Molen West;BE0417497106;BE"),
        ("0417 497 106", "0417.497.106"),
        ({"vat": "0417.497.106"}, {"vat": f"BE{NBSP}0417{NBSP}497{NBSP}106"}),
    ),
    "vat without prefix and country": (
        ("name;vat", "Molen Oost;0425 001 003"),
        ("0425.001.003", "0425001003"),
        ({"vat": "0425.001.003"}, {"vat": "0425001003", "country": "BE"}),
    ),
    "phone copied from a page": (
        ("name;phone;country", "Camping Bleu;04 78 11 22 33;FR"),
        (
            f"04{NBSP}78{NBSP}11{NBSP}22{NBSP}33",
            f"{LTR}+33 4 78 11 22 33{POP}",
            "04\u201178\u201111\u201122\u201133",
            "+33 (0)4 78 11 22 33",
            "tel:+33478112233",
        ),
        (
            {"phone": f"{LTR}+33{NBSP}4 78 11 22 33{POP}"},
            {"phone": "+33 (0)4 78 11 22 33"},
            {"mobile": "0033 478112233"},
        ),
    ),
    "international phone": (
        ("name;phone", "Moulin Rose;+33 4 79 11 22 44"),
        (
            "04 79 11 22 44",
            f"04{NBSP}79{NBSP}11{NBSP}22{NBSP}44",
            "04\u201179\u201111\u201122\u201144",
            "0033 479112244",
        ),
        ({"phone": "0033 4 79 11 22 44"},),
    ),
    "phone of an unknown country": (
        ("name;phone", "Ferme Verte;06 98 76 54 32"),
        ("06.98.76.54.32", "+33 6 98 76 54 32", "0033698765432"),
        (),
    ),
    "mailbox copied from a message": (
        ("name;email", "Garage Sud;garage@sud.example"),
        ("Garage <garage@sud.example>", "garage@sud.example; x@y.example"),
        ({"email": "Garage Sud <GARAGE@sud.example>"},),
    ),
}


@tagged("post_install", "-at_install")
class TestFound(ImportCase):
    """A client of a file is found as people look for it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Nobody is in this country: a number is not of the user's country by chance.
        cls.company.country_id = cls.env.ref("base.us")
        others = cls.Partner.with_context(active_test=False).search(
            [("client_status", "!=", False)]
        )
        others.client_status = False
        cls.clients = {}
        for place, (what, ((header, row), *_typed)) in enumerate(CASES.items()):
            header = header.replace("number", "reference 2")
            text = f"reference;{header}\nFND-{place};{row}\n"
            record = cls.env["client.import"].create(
                {
                    "file": base64.b64encode(text.encode()),
                    "file_name": "test.csv",
                    "column_mapping": {"reference 2": "+"},
                }
            )
            record.run()
            client = cls.Partner.search([("ref", "=", f"FND-{place}")])
            if "number" in CASES[what][0][0]:
                client.company_registry = row.rpartition(";")[2]
            cls.clients[what] = client

    def prepare(self, values):
        """:return: dict, the values of the form of a new client"""
        values = dict(values)
        if code := values.pop("country", None):
            values["country_id"] = self.env.ref(f"base.{code.lower()}").id
        return values

    def test_the_search_box_finds_it(self):
        for what, (_file, typed, _values) in CASES.items():
            for text in typed:
                with self.subTest(what, typed=text):
                    domain = [("client_search", "ilike", text)]
                    found = self.as_user("user").search(
                        [("client_status", "!=", False), *domain]
                    )
                    self.assertEqual(found, self.clients[what])

    def test_the_banner_finds_it(self):
        for what, (_file, _typed, forms) in CASES.items():
            for values in forms:
                with self.subTest(what, values=values):
                    found = self.as_user("user").client_find_duplicates(
                        self.prepare(values)
                    )
                    ids = [one["id"] for one in found]
                    self.assertEqual(ids, self.clients[what].ids)

    def test_find_duplicates_finds_it(self):
        """Each of these forms, entered as a client of the same town."""
        twins = {}
        for what, (_file, _typed, forms) in CASES.items():
            for place, values in enumerate(forms):
                values = {
                    "name": f"Twin {what} {place}",
                    "client_status": "client",
                    "city": self.clients[what].city,
                    "country_id": self.clients[what].country_id.id,
                    **self.prepare(values),
                }
                twin = self.Partner.with_context(no_vat_validation=True).create(values)
                twins[twin] = self.clients[what]
        self.env.flush_all()
        searches = self.env["client.duplicate.search"].with_user(self.users["manager"])
        self.classPatch(type(searches), "_commit_step", lambda s: s.env.flush_all())
        search = searches.browse(searches.action_open_own()["res_id"])
        search.action_search()
        groups = [group.partner_ids.ids for group in search.sudo().group_ids]
        for twin, client in twins.items():
            with self.subTest(twin.name):
                self.assertTrue(
                    any({twin.id, client.id} <= set(ids) for ids in groups), groups
                )
