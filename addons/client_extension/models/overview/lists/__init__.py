from . import res_partner_figure_list
