from . import clients
from . import contacts
from . import labels
from . import overview
from . import duplicates
from . import imports
from . import exports
