from . import client_sale_add
from . import client_trip_list
from . import client_trip_day_list
from . import client_trip_missing_recipient
from . import mail_compose_message
