from . import test_trip_enquiry
