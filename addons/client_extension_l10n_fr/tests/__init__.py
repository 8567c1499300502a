from . import test_french_client
from . import test_french_import
from . import test_french_invoice_gap
