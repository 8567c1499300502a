from . import test_stored_name
