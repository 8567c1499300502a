from . import client_import_chunk
from . import client_import
from . import client_import_jobs
from . import client_import_attempt
from . import client_import_apply
from . import res_config_settings
from . import client_import_retention
