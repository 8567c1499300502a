from . import client_import_cron
from . import client_import_notify
from . import client_import_retention
