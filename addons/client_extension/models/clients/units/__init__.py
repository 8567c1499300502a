from . import res_partner_unit
