from . import event_event
from . import ir_rule
from . import res_partner
