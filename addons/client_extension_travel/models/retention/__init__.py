from . import res_company
from . import res_config_settings
from . import client_traveller_retention
