from . import res_partner_sheet
from . import report_client_extension_client_sheet
from . import report_client_extension_client_list
from . import res_partner_document
