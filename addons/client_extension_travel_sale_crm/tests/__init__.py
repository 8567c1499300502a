from . import test_group_trip_tour
from . import test_trip_opportunity
