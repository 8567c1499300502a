from . import client_trip
from . import crm_lead
