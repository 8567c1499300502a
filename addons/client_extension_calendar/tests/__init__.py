from . import test_calendar_bridge
from . import test_calendar_closed
