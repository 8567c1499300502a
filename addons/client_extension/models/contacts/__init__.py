from . import account_move_send
from . import client_contact
from . import client_contact_merge
from . import client_contact_person
from . import client_contact_role
from . import res_partner_address
from . import res_partner_contact
