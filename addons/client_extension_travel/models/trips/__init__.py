from . import client_trip_kind
from . import client_trip
from . import client_trip_phase
from . import client_trip_amount
from . import client_trip_room
from . import client_trip_participant
from . import account_move
