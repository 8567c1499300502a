from . import trips
from . import places
from . import clients
from . import people
from . import lists
from . import police
from . import exports
