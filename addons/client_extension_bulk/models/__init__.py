from . import res_partner
from . import res_partner_copy
from . import res_partner_precompute
