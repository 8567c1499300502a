from . import test_trip_opportunity
