from . import client_import_apply
from . import client_letter
from . import client_letter_run
from . import res_company
from . import snailmail_letter
