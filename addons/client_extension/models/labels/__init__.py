from . import client_label
from . import client_label_choice
from . import client_label_definition
from . import properties_base_definition
from . import res_partner_properties
