from . import test_trip
from . import test_trip_bridge
from . import test_trip_client
from . import test_trip_invoice
from . import test_trip_people
from . import test_trip_phase
from . import test_trip_queries
from . import test_trip_tour
