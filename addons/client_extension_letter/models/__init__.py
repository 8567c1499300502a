from . import res_company
from . import res_config_settings
from . import mail_template
from . import res_partner
from . import client_letter
from . import ir_actions_report
from . import mail_compose_message
from . import statement
