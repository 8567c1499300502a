from . import base_partner_merge
from . import client_import_mapping_keep
from . import client_import_mend_wizard
from . import client_import_wizard
from . import client_import_wizard_mapping
from . import client_label_add
from . import client_label_remove
