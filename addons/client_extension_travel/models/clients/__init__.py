from . import client_vehicle
from . import client_animal
from . import res_partner
from . import res_partner_trip
from . import res_partner_trip_figure
