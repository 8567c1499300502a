from . import test_client_life
from . import test_crm_bridge
from . import test_crm_closed
from . import test_crm_tour
