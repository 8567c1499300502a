from . import client_trip_list_columns
from . import client_trip_list
from . import client_trip_list_sent
from . import client_traveller_sent
from . import client_trip_participant_sent
