from . import test_quote_recipients
