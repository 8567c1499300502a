from . import client_trip_police
