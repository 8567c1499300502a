from . import res_partner_statement
from . import report_client_extension_letter_client_statement
from . import mail_template_statement
