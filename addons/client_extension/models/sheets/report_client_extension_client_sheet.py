from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..contacts.res_partner_contact import APP_GROUPS

#: Sheets of one file: beyond, a file takes longer to print than a request may last.
MOST_SHEETS = 200


class ReportClientExtensionClientSheet(models.AbstractModel):
    """The sheets of some clients, as who prints them may see them, in one file."""

    _name = "report.client_extension.client_sheet"
    _description = "Client Sheet"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:return: dict for the template, see ``_prepare_client_sheets``
        :raise UserError: for more sheets than fit in one file
        """
        clients = get_printed_clients(self.env, docids)
        if len(clients) > MOST_SHEETS:
            raise UserError(
                self.env._(
                    "You selected %(count)s clients. Print at most %(most)s sheets at "
                    "once, or print the client list.",
                    count=len(clients),
                    most=MOST_SHEETS,
                )
            )
        values = get_print_values(clients.env)
        return {
            **values,
            "printed": clients.env._(
                "Printed on %(date)s by %(user)s, with the data that this user can "
                "see.",
                date=values["printed_on"],
                user=values["printed_by"],
            ),
            "contact_columns": self.with_env(clients.env)._get_contact_columns(),
            "sheets": clients._prepare_client_sheets(),
        }

    @api.model
    def _get_contact_columns(self):
        """:return: list of pairs label, width in per cent, of the table of contacts"""
        return [
            (self.env._("Name"), 27),
            (self.env._("Roles"), 23),
            (self.env._("Phone"), 20),
            (self.env._("Email"), 27),
        ]


def get_printed_clients(env, docids):
    """The clients that are printed, with the language of who prints them.

    :param Environment env: of the reader
    :param list docids: ids of ``res.partner``
    :return: ``res.partner`` recordset
    :raise AccessError: when the user has neither the Clients app nor invoicing, or may
        not read one of the clients
    """
    if not env.su and not env.user.has_groups(APP_GROUPS):
        raise AccessError(
            env._("You do not have access to the Clients app. Ask an administrator.")
        )
    partners = env["res.partner"].with_context(lang=env.user.lang)
    clients = partners.browse(docids).exists()
    clients.check_access("read")
    return clients


def get_print_values(env):
    """What every paper of ours says.

    :return: dict with ``lang``, the language it is in, ``printed_on`` and
        ``printed_by``
    """
    return {
        "lang": env.user.lang,
        "printed_on": format_date(env, fields.Date.context_today(env.user)),
        "printed_by": env.user.name,
    }
