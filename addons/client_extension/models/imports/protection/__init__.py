from . import client_import
from . import client_import_protection
