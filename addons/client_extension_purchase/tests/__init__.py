from . import test_purchase_bridge
