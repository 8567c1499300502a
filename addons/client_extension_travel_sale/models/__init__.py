from . import sale_order
from . import client_trip
from . import res_partner
