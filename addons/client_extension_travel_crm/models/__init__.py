from . import crm_lead
from . import client_trip
