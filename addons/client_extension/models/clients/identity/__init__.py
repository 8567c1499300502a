from . import client_former_reference
from . import client_reference_claim
from . import res_partner_name
from . import res_partner_reference
from . import res_partner_summary
