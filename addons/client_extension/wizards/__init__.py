from . import client_import_wizard
