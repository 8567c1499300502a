from . import client_place
from . import client_trip_place
