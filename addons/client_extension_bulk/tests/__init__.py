from . import test_bulk
from . import test_bulk_addons
from . import test_bulk_automation
