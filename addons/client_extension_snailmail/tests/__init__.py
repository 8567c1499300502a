from . import test_letter_closed
from . import test_letters
from . import test_post
