from . import client_trip_missing
from . import client_trip_participant_missing
from . import client_trip_ready
from . import client_trip_ask
