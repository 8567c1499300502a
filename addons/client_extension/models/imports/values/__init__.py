from . import client_import_columns_values
from . import client_import_values
