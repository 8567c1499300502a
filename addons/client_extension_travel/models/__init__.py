from . import trips
from . import places
from . import clients
from . import people
from . import readiness
from . import retention
