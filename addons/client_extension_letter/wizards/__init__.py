from . import client_letter_selection_mixin
from . import client_address_print
from . import client_letter_run_wizard
from . import client_statement_wizard
