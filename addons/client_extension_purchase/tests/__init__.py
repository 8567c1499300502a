from . import test_purchase_bridge
from . import test_purchase_closed
