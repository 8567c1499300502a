from . import client_export
