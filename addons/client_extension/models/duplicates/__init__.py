from . import client_duplicate_group
from . import client_duplicate_search
from . import client_duplicate_persons
from . import client_duplicate_live
from . import client_not_duplicate
from . import res_partner_compare
from . import res_partner_duplicate
from . import res_partner_merge
