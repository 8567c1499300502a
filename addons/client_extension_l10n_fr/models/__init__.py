from . import client_naf

from . import client_export
from . import client_import
from . import client_import_columns
from . import client_import_problem
from . import res_partner
from . import res_partner_invoice_gap
