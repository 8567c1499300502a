from . import test_share
from . import test_jobs
from . import test_jobs_attempt
from . import test_jobs_correct
from . import test_jobs_rights
from . import test_jobs_stop
from . import test_jobs_values
from . import test_jobs_wait
