"""The dashboard *Turnover of Clients*: for who may invoice or read the accounts."""

from .spreadsheet import Dashboard, Data, Filter, Table

FILTERS = (
    Filter("period", "Period"),
    Filter("unit", "Business Unit", "client.business.unit"),
    Filter("type", "Client Type", "client.type"),
    Filter("manager", "Client Manager", "res.users"),
)
MENU = "account.menu_action_account_invoice_report_all"

INVOICED = Data(
    model="account.invoice.report",
    domain=[
        ["state", "=", "posted"],
        ["move_type", "in", ["out_invoice", "out_refund"]],
    ],
    filters={
        "period": "invoice_date",
        "unit": "client_business_unit_id",
        "type": "client_type_id",
        "manager": "client_user_id",
    },
)
LATE = Data(
    model="account.move.line",
    domain=[
        ["account_id.account_type", "=", "asset_receivable"],
        ["parent_state", "=", "posted"],
        ["reconciled", "=", False],
        ["date_maturity", "<", "today"],
    ],
    filters={
        "unit": "partner_id.client_business_unit_id",
        "type": "partner_id.client_type_id",
        "manager": "partner_id.user_id",
    },
)
"""Late today, whatever the period: an instalment counts by its own date."""

MONTHS = {"1": 41200, "2": 52800, "3": 48100, "4": 63500, "5": 71900, "6": 66400}
TYPES = {"School": 152000, "Company": 98000, "Family": 64000, "Association": 30000}
UNITS = {"Groups": 201000, "Families": 83000, "Business Travel": 60000}
NAMES = ("Azure Interior", "Deco Addict", "Gemini Furniture", "Lumber Inc")
LATE_SAMPLE = dict(zip(NAMES, (9200, 6100, 2450, 980), strict=True))
TOP_SAMPLE = dict(zip(NAMES, (58200, 41700, 33900, 21400), strict=True))


def make(sample: bool = False) -> str:
    """Return the text of the file.

    :param sample: with made-up numbers
    """
    board = Dashboard(FILTERS, sample)
    turnover = board.total(INVOICED, "price_subtotal")
    late = board.total(LATE, "amount_residual", "sum")
    board.cards(
        ("Turnover (Untaxed)", f"FORMAT.LARGE.NUMBER({turnover})", "344k"),
        ("Invoices", board.total(INVOICED, "move_id", "count_distinct"), "172"),
        (
            "Clients Invoiced",
            board.total(INVOICED, "commercial_partner_id", "count_distinct"),
            "64",
        ),
        ("Late Today", f"FORMAT.LARGE.NUMBER({late})", "19k"),
    )
    money = {"measure": "price_subtotal", "menu": MENU}
    by_month = "invoice_date:month"
    board.charts(
        board.chart("line", "Turnover by Month", INVOICED, by_month, MONTHS, **money)
    )
    by_unit = "client_business_unit_id"
    board.charts(
        board.chart(
            "pie", "Turnover by Type", INVOICED, "client_type_id", TYPES, **money
        ),
        board.chart(
            "bar", "Turnover by Business Unit", INVOICED, by_unit, UNITS, **money
        ),
    )
    best = board.pivot(INVOICED, "price_subtotal", rows="commercial_partner_id")
    owing = board.pivot(LATE, "amount_residual", "sum", rows="partner_id")
    board.tables(
        Table(
            title="Top Twenty Clients",
            name="Client",
            number="Untaxed Amount",
            pivot=best,
            rows=20,
            sample=TOP_SAMPLE,
        ),
        Table(
            title="Late Payers",
            name="Client",
            number="Amount Due",
            pivot=owing,
            rows=20,
            sample=LATE_SAMPLE,
        ),
    )
    return board.to_json()
