from . import calendar_event
from . import res_partner
