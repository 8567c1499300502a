from . import client_sale_add
from . import client_trip_list
from . import client_trip_day_list
