from . import client_trip_export
from . import client_trip_participant_export
