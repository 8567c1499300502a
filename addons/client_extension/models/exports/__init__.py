from . import client_record_export
from . import client_contact_export
from . import client_export
from . import client_export_extra
from . import client_export_rows
