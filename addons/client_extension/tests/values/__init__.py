from . import test_import_values
from . import test_import_values_tour
