from . import test_quote_recipients
from . import test_sale_bridge
