from . import test_event_bridge
from . import test_event_closed
