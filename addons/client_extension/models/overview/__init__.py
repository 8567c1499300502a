from . import ir_rule
from . import res_partner_figure
from . import res_partner_overview
from . import res_partner_timeline
from . import lists
