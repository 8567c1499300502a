"""Runs once, when the add-on is installed or uninstalled."""

import logging
import time

from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

from .tools.fold_sql import drop_functions

_logger = logging.getLogger(__name__)

PHONE_COLUMN = "client_other_phone_sanitized"


def pre_init_hook(env):
    """Create the stored computed column, so that Odoo does not compute it per partner.

    It holds the number that Odoo's own sanitized number leaves out for a partner with a
    phone and a mobile: empty for all until a mobile is filled in.
    """
    if not column_exists(env.cr, "res_partner", PHONE_COLUMN):
        create_column(env.cr, "res_partner", PHONE_COLUMN, "varchar")


def post_init_hook(env):
    """Convert the existing customers to clients, and set their dates."""
    started = time.monotonic()
    count = _make_clients_of_customers(env)
    _compute_other_phones(env)
    _logger.info(
        "client_extension: %d customers became clients in %.1f s",
        count,
        time.monotonic() - started,
    )


def _make_clients_of_customers(env):
    """Set the status of every top-level customer in one statement.

    A customer has a rank above 0, or a posted invoice: add-ons let users set the rank
    by hand, and set it to 0 for partners whose box they did not tick.

    An installation on years of data must not send emails, track changes or alter the
    dates of the records, which is why this is not a ``write``.

    :return: int, the number of new clients
    """
    env.flush_all()
    env.cr.execute(
        SQL(
            """
            UPDATE res_partner
               SET client_status = 'client',
                   client_since = invoices.first_date
              FROM res_partner AS customer
              LEFT JOIN (
                    SELECT commercial_partner_id, MIN(invoice_date) AS first_date
                      FROM account_move
                     WHERE move_type = 'out_invoice' AND state = 'posted'
                     GROUP BY commercial_partner_id
                   ) AS invoices ON invoices.commercial_partner_id = customer.id
             WHERE res_partner.id = customer.id
               AND (customer.customer_rank > 0 OR invoices.first_date IS NOT NULL)
               AND customer.parent_id IS NULL
               AND customer.client_status IS NULL
            """
        )
    )
    count = env.cr.rowcount
    env.invalidate_all()
    return count


def _compute_other_phones(env):
    """Compute the second phone where another add-on has already filled in mobiles."""
    partners = env["res.partner"].with_context(active_test=False)
    partners = partners.search([("mobile", "!=", False), ("phone", "!=", False)])
    partners._compute_client_other_phone_sanitized()
    env.flush_all()


def uninstall_hook(env):
    """Remove what Odoo does not know belongs to this add-on."""
    drop_functions(env.cr)
    ours = env["ir.model.data"].search(
        [("module", "=", "client_extension"), ("model", "=", "ir.model")]
    )
    models = env["ir.model"].browse(ours.mapped("res_id"))
    names = [name for name in models.mapped("model") if name.startswith("client.")]
    env["ir.attachment"].search([("res_model", "in", names)]).unlink()
    parameters = env["ir.config_parameter"]
    parameters.search([("key", "=like", r"client\_extension.%")]).unlink()
