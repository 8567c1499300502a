from . import res_partner_statement
from . import res_partner_statement_letter
from . import report_client_extension_letter_client_statement
from . import mail_template_statement
from . import client_letter_run_statement
