from . import client_label
from . import client_label_choice
from . import client_label_definition
from . import client_label_removed
from . import properties_base_definition
from . import res_config_settings_label
from . import res_partner_additional_data
from . import res_partner_additional_lists
