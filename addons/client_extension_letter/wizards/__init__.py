from . import client_statement_wizard
