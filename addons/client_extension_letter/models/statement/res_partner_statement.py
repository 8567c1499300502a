from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import format_date, formatLang

from odoo.addons.client_extension.models.overview.figure_reader import ClientScope

from ...letter_layout.window import MARGIN_BOTTOM, MARGIN_TOP, PAGE_HEIGHT
from ...statement_layout.ageing import OpenItem, age, balances, days_late
from ...statement_layout.pages import cut

#: heights in mm: of the title below the window, and of the one on each other page
TITLE_HEIGHT = 30.0
LATER_TITLE_HEIGHT = 10.0
#: distance of the text from the window, as on letters
BELOW_WINDOW = 8.0
READ = (
    *("move_id", "move_name", "ref", "partner_id", "date", "date_maturity"),
    *("currency_id", "company_currency_id"),
    *("amount_residual", "amount_residual_currency"),
)


class ResPartner(models.Model):
    """The statement of account of a client: what is open, by instalment."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def _check_client_statement(self):
        """Refuse users who may not read what these clients owe.

        :raise AccessError: when the user may not read the clients or their invoices
        """
        figures = self._get_client_receivable_figures()
        if not self.env.su and not all(map(self._client_may_see, figures)):
            raise AccessError(
                self.env._("You do not have access to invoices. Ask an administrator.")
            )
        self.check_access("read")

    # Reading

    def _read_client_open_items(self):
        """What these clients owe, with what their contacts and subsidiaries owe.

        The items are those of the figures *Late* and *Not Due Yet* of the overview, so
        that their amounts add up to the same.

        :return: dict ``{client id: account.move.line recordset}``, in the order of
            their due dates
        """
        figures = self._get_client_receivable_figures()
        scope = ClientScope(self)
        lines = self.env["account.move.line"].search_fetch(
            Domain.OR(Domain(figure.domain) for figure in figures)
            & scope.domain("partner_id"),
            READ,
            order="date_maturity, date, id",
        )
        ids = {client.id: [] for client in self}
        for line in lines:
            for client_id in scope.clients_above.get(line.partner_id.id, ()):
                ids[client_id].append(line.id)
        return {
            client_id: lines.browse(found).with_prefetch(lines.ids)
            for client_id, found in ids.items()
        }

    @api.model
    def _read_client_instalments(self, lines):
        """Number the instalments of invoices that have several.

        :param lines: ``account.move.line`` recordset
        :return: dict ``{line id: "1/2"}``
        """
        groups = self.env["account.move.line"]._read_group(
            [
                ("move_id", "in", lines.move_id.ids),
                ("display_type", "=", "payment_term"),
            ],
            ["move_id"],
            ["id:recordset"],
            having=[("__count", ">", 1)],
        )
        return {
            line.id: f"{number}/{len(terms)}"
            for _move, terms in groups
            for number, line in enumerate(
                terms.sorted(lambda one: (one.date_maturity or one.date, one.id)), 1
            )
        }

    # Statement

    def _prepare_client_statements(self):
        """What the statements of these clients show, each in the language of its
        client.

        Takes the same number of searches for one client and for many.

        :return: list of dicts, see :meth:`_prepare_client_statement`
        """
        items = self._read_client_open_items()
        lines = self.env["account.move.line"].union(*items.values())
        instalments = self._read_client_instalments(lines)
        addressees = self._get_client_statement_addressees()
        return [
            client.with_context(
                lang=client._get_client_statement_lang()
            )._prepare_client_statement(
                items[client.id], instalments, addressees[client]
            )
            for client in self
        ]

    def _get_client_statement_addressees(self):
        """:return: dict ``{client: res.partner}``, whose address is in the window of
        each statement: the invoice address if the user may see it, or the client"""
        readable = self.client_invoice_partner_id._filtered_access("read")
        return {
            client: (client.client_invoice_partner_id & readable) or client
            for client in self
        }

    def _get_client_statement_problems(self):
        """:return: dict ``{client: list of str}``, sentences on what the post could not
        read of the addresses of these statements; only clients who have some"""
        found = {}
        for client, recipient in self._get_client_statement_addressees().items():
            lines = client._get_client_letter_lines(recipient)
            if problems := client._get_client_letter_problems(recipient, lines):
                found[client] = problems
        return found

    def _prepare_client_statement(self, lines, instalments, recipient):
        """What the statement of this client shows, in the language of the environment.

        :param lines: ``account.move.line`` recordset of its open items
        :param dict instalments: see :meth:`_read_client_instalments`
        :param recipient: ``res.partner``, whose address is in the window
        :return: dict with ``client``, ``lang``, ``direction``, ``lines`` (of the
            address), ``date``, ``note`` (a sentence instead of items, or False),
            ``columns``, ``pages`` (list of dicts: ``rows``, ``brought`` and ``carried``
            balances, ``number``, ``is_first``, ``is_last``), ``ageing`` (list of pairs
            label, text), ``total`` and ``currency``; overridden to print more
        """
        self.ensure_one()
        company = self.env.company
        today = fields.Date.context_today(self)
        items = [
            OpenItem(due=line.date_maturity or None, amount=line.amount_residual)
            for line in lines
        ]
        rounded = company.currency_id.round
        totals = balances(items, rounded)
        foreign = any(line.currency_id != line.company_currency_id for line in lines)
        rows = [
            self._get_client_statement_row(line, instalments, total)
            for line, total in zip(lines, totals, strict=True)
        ]
        data = self.env["res.lang"]._get_data(code=self.env.lang)
        return {
            "client": self,
            "lang": self.env.lang,
            "direction": data.direction or "ltr",
            "lines": self._get_client_letter_lines(recipient.with_env(self.env)),
            "date": format_date(self.env, today, date_format="long"),
            "note": self._get_client_statement_note(rows),
            "columns": self._get_client_statement_columns(foreign),
            "pages": self._get_client_statement_pages(rows, totals),
            "ageing": self._get_client_statement_ageing(age(items, today, rounded)),
            "total": self._show_client_amount(totals[-1] if totals else 0.0),
            "currency": company.currency_id.name,
        }

    def _get_client_statement_lang(self):
        """:return: str, code of the language of the statement of this client"""
        codes = [code for code, _name in self.env["res.lang"].get_installed()]
        langs = self.lang, self.env.company.partner_id.lang, self.env.lang
        return next((lang for lang in langs if lang in codes), codes[0])

    def _get_client_statement_note(self, rows):
        """:return: str, what stands instead of the items, or False"""
        payer = self.commercial_partner_id
        if payer != self:
            # Superuser: the reader of the client sees on its form who pays.
            name = payer.sudo().display_name
            return self.env._("Invoiced through %s.", name)
        return False if rows else self.env._("There are no open items.")

    @api.model
    def _get_client_statement_columns(self, foreign):
        """The columns of a statement.

        :param bool foreign: whether an item is in another currency than that of the
            company
        :return: list of dicts with ``key`` (of :meth:`_get_client_statement_row`),
            ``label``, ``width`` (mm; 165 in all) and ``number``, whether it is aligned
            at its end; overridden to show more
        """
        currency = self.env.company.currency_id.name
        own = [("own", self.env._("In %s", currency), 25, True)] if foreign else []
        return [
            {"key": key, "label": label, "width": width, "number": number}
            for key, label, width, number in (
                ("date", self.env._("Date"), 17, False),
                ("due", self.env._("Due Date"), 21, False),
                ("document", self.env._("Document"), 34 if foreign else 59, False),
                ("late", self.env._("Days Late"), 18, True),
                ("amount", self.env._("Amount"), 25, True),
                *own,
                ("balance", self.env._("Balance"), 25, True),
            )
        ]

    def _get_client_statement_row(self, line, instalments, total):
        """What a statement shows of an open item.

        :param line: one ``account.move.line``
        :param dict instalments: see :meth:`_read_client_instalments`
        :param float total: what is open up to this item
        :return: dict of str, by the keys of the columns, and ``is_late``; overridden to
            show more
        """
        today = fields.Date.context_today(self)
        # A payment that waits for its invoice is not late.
        owed = line.amount_residual > 0
        late = days_late(line.date_maturity or None, today) if owed else 0
        return {
            "date": format_date(self.env, line.date),
            "due": format_date(self.env, line.date_maturity),
            "document": self._get_client_statement_text(line, instalments),
            "late": str(late) if late else "",
            "amount": self._show_client_amount(
                line.amount_residual_currency, line.currency_id
            ),
            "own": self._show_client_amount(line.amount_residual),
            "balance": self._show_client_amount(total),
            "is_late": bool(late),
        }

    def _get_client_statement_text(self, line, instalments):
        """:return: str, the number of the document, what kind it is, whose it is and
        its reference"""
        kinds = {
            "out_refund": self.env._("Credit Note"),
            "out_receipt": self.env._("Receipt"),
        }
        move = line.move_id
        paid = move.origin_payment_id or line.statement_line_id
        kind = self.env._("Payment") if paid else kinds.get(move.move_type)
        other = line.partner_id != self
        # Superuser: its name is on the document, which the user can read.
        name = line.partner_id.sudo().name if other else False
        part = instalments.get(line.id)
        number = f"{line.move_name} ({part})" if part else line.move_name
        return " · ".join(filter(None, [number, kind, name, line.ref]))

    @api.model
    def _get_client_statement_pages(self, rows, totals):
        """Cut the items into pages.

        :param list rows: see :meth:`_get_client_statement_row`
        :param list totals: the balance after each of them
        :return: list of dicts, see :meth:`_prepare_client_statement`
        """
        window = self.env.company._get_client_letter_window()
        below = PAGE_HEIGHT - MARGIN_BOTTOM
        first = below - window.bottom - BELOW_WINDOW - TITLE_HEIGHT
        later = below - MARGIN_TOP - LATER_TITLE_HEIGHT

        def balance(row):
            return self._show_client_amount(totals[row - 1] if row else 0.0)

        return [
            {
                "rows": rows[page.start : page.stop],
                "brought": False if page.is_first else balance(page.start),
                "carried": False if page.is_last else balance(page.stop),
                "number": number,
                "is_first": page.is_first,
                "is_last": page.is_last,
            }
            for number, page in enumerate(cut(len(rows), first, later), 1)
        ]

    @api.model
    def _get_client_statement_ageing(self, steps):
        """:return: list of pairs label, text: what is open by how late it is"""
        labels = {
            "not_due": self.env._("Not Due"),
            "days_30": self.env._("1 to 30 Days"),
            "days_60": self.env._("31 to 60 Days"),
            "days_90": self.env._("61 to 90 Days"),
            "older": self.env._("Over 90 Days"),
        }
        return [(labels[key], self._show_client_amount(steps[key])) for key in labels]

    @api.model
    def _show_client_amount(self, amount, currency=None):
        """:return: str, an amount in the language of the environment, by default in the
        currency of the company"""
        currency = currency or self.env.company.currency_id
        return formatLang(self.env, amount, currency_obj=currency)

    # Recipients

    def _get_client_statement_recipients(self):
        """Who receives the statement of this client by email.

        :return: ``res.partner`` recordset: the contacts who receive invoices and whom
            the user is allowed to see; the client itself if there are none. Overridden
            where others receive it as well
        """
        self.ensure_one()
        return self._replace_client_recipients(self, "gets_invoices")
