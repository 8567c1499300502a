from . import res_partner_email
