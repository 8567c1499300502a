from . import client_trip_list
