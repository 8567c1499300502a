from . import test_address_print
from . import test_client_letter
from . import test_letter_bridge
from . import test_letter_pdf
from . import test_letter_rights
from . import test_letter_run
from . import test_letter_template
from . import test_letter_tour
