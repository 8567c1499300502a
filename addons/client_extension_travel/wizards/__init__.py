from . import client_sale_add
