from . import client_traveller
from . import client_identity_paper
from . import base_partner_merge_automatic_wizard
