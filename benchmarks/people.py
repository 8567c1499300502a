"""Creates many realistic clients with a few set-based statements."""

from typing import Any

# No name is rare: a search for similar names finds many.
_FIRST = """
    Anna Bram Chloé Daan Élise Finn Greta Hugo Inès Jan Léa Lucas Emma Louis
    Camille Arthur Manon Jules Sarah Noah Sofie Pieter Marie Thomas Julie Maxime
    Lotte Sander Pauline Antoine Femke Joris Claire Bastien Hannah Ruben
    Nathalie Wout Margaux Koen Valérie Stijn Amélie Gilles Eva Bart Céline Dirk
"""
_LAST = """
    Peeters Lefèvre Janssens Dubois De_Vries Martin Bakker Lambert Mertens
    Fontaine Visser Moreau Claes Maes Jacobs Willems Goossens Wouters De_Smet
    Dupont Leclercq Van_den_Berg De_Jong Mulder Smit Bos Vos Peters Hendriks
    Dekker Brouwer Bernard Petit Robert Richard Durand Leroy Simon Laurent
    Michel Garcia David Bertrand Roux Vincent Fournier Girard André Mercier
    Blanc Guérin Boyer Chevalier Gauthier Perrin Robin Clément Morin Dumont
    Hermans Aerts Michiels Verhoeven Desmet
"""
FIRST = tuple(_FIRST.split())
LAST = tuple(name.replace("_", " ") for name in _LAST.split())
CITIES = ("Gent", "Liège", "Namur", "Utrecht", "Lille", "Brugge", "Annecy")

# Every client is its own commercial entity, as Odoo writes it for a top-level partner.
INSERT = """
INSERT INTO res_partner (
    id, name, complete_name, commercial_company_name,
    ref, email, email_normalized, phone, phone_sanitized,
    street, zip, city, country_id, lang, tz, type, active, is_company, partner_share,
    commercial_partner_id, autopost_bills, user_id, company_id, color,
    client_status, client_since, client_prospect_date, client_type_id,
    create_uid, write_uid, create_date, write_date
)
SELECT id, name, name, CASE WHEN n %% 4 = 0 THEN name END,
       'B' || lpad(n::text, 8, '0'), email, email,
       '+32470' || lpad(n::text, 6, '0'), '+32470' || lpad(n::text, 6, '0'),
       'Kerkstraat ' || n %% 300, lpad((1000 + n %% 8000)::text, 4, '0'),
       (%(cities)s)[1 + n %% %(city_count)s], %(country)s, 'en_US', 'Europe/Brussels',
       'contact', true, n %% 4 = 0, true, id, 'ask', %(user)s, NULL, 0,
       CASE WHEN n %% 5 = 0 THEN 'prospect' ELSE 'client' END,
       date '2015-01-01' + n %% 3900, date '2015-01-01' + n %% 3900,
       (%(types)s::int[])[1 + n %% %(type_count)s], 1, 1, now(), now()
  FROM (
    SELECT n, nextval('res_partner_id_seq') AS id, 'b' || n || '@example.com' AS email,
           (%(last)s)[1 + n %% %(last_count)s] || ' '
               || (%(first)s)[1 + n / 7 %% %(first_count)s] || ' ' || n AS name
      FROM generate_series(1, %(rows)s) AS n
  ) AS numbered
"""

TAGS = """
INSERT INTO res_partner_res_partner_category_rel (partner_id, category_id)
SELECT id, (%(tags)s)[1 + id %% %(tag_count)s]
  FROM res_partner WHERE ref LIKE 'B%%' AND id %% 2 = 0
"""


def make(env: Any, rows: int) -> None:
    """Add *rows* clients with types, managers and categories."""
    types = env["client.type"].search([]).ids or [None]
    tags = env["res.partner.category"].search([]).ids
    values = {
        "rows": rows,
        "cities": list(CITIES),
        "city_count": len(CITIES),
        "first": list(FIRST),
        "first_count": len(FIRST),
        "last": list(LAST),
        "last_count": len(LAST),
        "types": types,
        "type_count": len(types),
        "country": env.ref("base.be").id,
        "user": env.user.id,
    }
    env.cr.execute(INSERT, values)
    if tags:
        env.cr.execute(TAGS, {"tags": tags, "tag_count": len(tags)})
    env.cr.commit()
    env.invalidate_all()
