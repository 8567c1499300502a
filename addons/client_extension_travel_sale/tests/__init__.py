from . import test_trip_order
from . import test_trip_order_bridge
