from . import test_calendar_bridge
