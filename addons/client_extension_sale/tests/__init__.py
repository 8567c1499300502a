from . import test_quote_recipients
from . import test_sale_bridge
from . import test_sale_closed
from . import test_sale_document
from . import test_sale_order_target
from . import test_sale_tour
from . import test_sale_race
