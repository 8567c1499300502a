from . import client_import
from . import client_import_columns
from . import res_partner
