"""The dashboard *Clients*: for users of the Clients app, without any money."""

from .spreadsheet import Dashboard, Data, Filter

FILTERS = (
    Filter("period", "Period"),
    Filter("unit", "Business Unit", "client.business.unit"),
    Filter("type", "Client Type", "client.type"),
    Filter("manager", "Client Manager", "res.users"),
    Filter("source", "Source", "utm.source"),
)
FIELDS = {
    "unit": "client_business_unit_id",
    "type": "client_type_id",
    "manager": "user_id",
    "source": "client_source_id",
}
STATUS = "client_status"
MENU = "client_extension.client_report_menu"

PROSPECTS = Data(
    model="res.partner",
    domain=[[STATUS, "=", "prospect"]],
    filters={**FIELDS, "period": "client_prospect_date"},
)
CLIENTS = Data(
    model="res.partner",
    domain=[[STATUS, "=", "client"]],
    filters={**FIELDS, "period": "client_since"},
)
"""In a period: those who became clients in it."""
RECEIVED = Data(
    model="res.partner",
    domain=[[STATUS, "!=", False], ["client_prospect_date", "!=", False]],
    filters={**FIELDS, "period": "client_prospect_date"},
)
"""All who were prospects: in a period, those who became prospects in it."""
CONVERTED = Data(
    model="res.partner",
    domain=[[STATUS, "=", "client"], ["client_prospect_date", "!=", False]],
    filters={**FIELDS, "period": "client_prospect_date"},
)
"""The clients among them today."""

MONTHS = {"1": 12, "2": 18, "3": 15, "4": 22, "5": 27, "6": 24}
NEW = {"1": 6, "2": 9, "3": 8, "4": 12, "5": 15, "6": 13}
TYPES = {"Family": 42, "School": 31, "Company": 18, "Association": 12}
UNITS = {"Families": 48, "Groups": 37, "Business Travel": 18}
MANAGERS = {"Anna": 36, "Claire": 29, "Lucas": 21, "Tom": 17}
SOURCES = {"Website": 38, "Trade Fair": 27, "Recommendation": 24, "Newsletter": 14}


def make(sample: bool = False) -> str:
    """Return the text of the file.

    :param sample: with made-up numbers
    """
    board = Dashboard(FILTERS, sample)
    received = board.total(RECEIVED)
    converted = board.total(CONVERTED)
    rate = f'TEXT(IFERROR({converted}/{received},0),"0%")'
    board.cards(
        ("Prospects", board.total(PROSPECTS), "46"),
        ("Clients", board.total(CLIENTS), "103"),
        ("Prospects Received", received, "118"),
        ("Conversion Rate", rate, "53%"),
    )
    by_month = "client_prospect_date:month"
    board.charts(
        board.chart(
            "line", "Prospects by Month", RECEIVED, by_month, MONTHS, menu=MENU
        ),
        board.chart(
            "line",
            "New Clients by Month",
            CLIENTS,
            "client_since:month",
            NEW,
            menu=MENU,
        ),
    )
    for left, right in (
        (
            ("pie", "Clients by Type", "client_type_id", TYPES),
            ("bar", "Clients by Business Unit", "client_business_unit_id", UNITS),
        ),
        (
            ("bar", "Clients by Manager", "user_id", MANAGERS),
            ("bar", "Clients by Source", "client_source_id", SOURCES),
        ),
    ):
        board.charts(
            *(
                board.chart(kind, title, CLIENTS, group, numbers, menu=MENU)
                for kind, title, group, numbers in (left, right)
            )
        )
    return board.to_json()
