from . import client_import_apply
from . import snailmail_letter
