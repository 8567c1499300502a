from . import client_contact_compare
from . import client_merge_links
from . import client_not_duplicate
from . import client_duplicate_group
from . import client_duplicate_search
from . import client_duplicate_search_cron
from . import res_partner_duplicate
from . import res_partner_merge
