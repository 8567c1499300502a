from . import res_partner_sale_target
from . import res_partner_invoice_gap
from . import res_partner_file
