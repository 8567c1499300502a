from . import test_letters
from . import test_post
