from . import account_invoice_report
from . import spreadsheet_dashboard
