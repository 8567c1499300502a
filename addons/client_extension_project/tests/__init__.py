from . import test_project_bridge
from . import test_project_closed
