from . import client_contact_export
from . import client_export
from . import client_import_template
