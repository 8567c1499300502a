from . import client_trip_list_columns
from . import client_trip_list
from . import client_trip_list_sent
