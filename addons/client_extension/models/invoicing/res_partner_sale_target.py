import math
from numbers import Real
from textwrap import shorten

from odoo import api, models
from odoo.exceptions import LockError, UserError
from odoo.fields import Command, Domain
from odoo.tools import format_datetime

# Documents offered of each kind: more are no choice any more.
MAX_TARGETS = 10
# What a document is shown by, and what access rules look at: read by the query that
# finds it.
TARGET_FIELDS = (
    "name",
    "state",
    "amount_total",
    "currency_id",
    "write_date",
    "company_id",
)


class ResPartner(models.Model):
    """Where a sale of a few products to a client can go, and how it gets there."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    # Actions

    def action_client_add_sale(self):
        """Open the dialog that adds products to a document of this client.

        :return: dict, an ``ir.actions.act_window``
        :raise UserError: when the user has no document to add to
        """
        self.ensure_one()
        self.check_access("read")
        targets = self._get_client_sale_targets()
        if not targets:
            raise UserError(self._get_client_no_target_sentence())
        return self.env["client.sale.add"]._open(self, targets)

    # Targets

    def _get_client_sale_targets(self):
        """The documents of this client that the user can add a sale to.

        :return: list of dict, the best first, each with ``model``, ``id`` (False for a
            new document), ``name``, ``amount``, ``currency_id`` and ``note``;
            overridden to offer documents of another app
        """
        self.ensure_one()
        if not self._may_client_be_invoiced():
            return []
        drafts = self.env["account.move"].search_fetch(
            self._get_client_draft_domain(),
            [*TARGET_FIELDS, "move_type", "ref"],
            order="write_date desc, id desc",
            limit=MAX_TARGETS,
        )
        return [
            *self._prepare_client_sale_targets(
                drafts._filtered_access("write"), "invoice_line_ids"
            ),
            self._prepare_client_new_target(
                "account.move", self.env._("New Draft Invoice")
            ),
        ]

    def _may_client_be_invoiced(self):
        """:return: bool, whether this user can invoice this client in this company"""
        invoicing = self.env.user.has_group("account.group_account_invoice")
        if not (self.env.su or invoicing) or not self._is_client_of_company():
            return False
        return self.env["account.move"].has_access("create")

    def _is_client_of_company(self):
        """:return: bool, whether the company of the user may sell to this client"""
        self.ensure_one()
        domain = self._check_company_domain(self.env.company)
        return bool(self.filtered_domain(domain))

    def _get_client_draft_domain(self):
        """:return: ``Domain`` of the draft invoices that products can be added to"""
        commercial = self.commercial_partner_id
        # The partner is indexed, the commercial partner is not.
        return Domain(
            [
                ("partner_id", "child_of", commercial.id),
                ("commercial_partner_id", "=", commercial.id),
                ("move_type", "=", "out_invoice"),
                ("state", "=", "draft"),
                ("auto_post", "=", "no"),
                ("company_id", "=", self.env.company.id),
            ]
        )

    @api.model
    def _prepare_client_sale_targets(self, documents, lines):
        """Describe documents so that people can tell apart those without a number.

        :param documents: records of one model
        :param str lines: name of the one2many field of their lines
        :return: list of dict, as :meth:`_get_client_sale_targets` lists them
        """
        first = self._get_client_first_lines(documents, documents._fields[lines])
        return [
            {
                "model": document._name,
                "id": document.id,
                "name": document.display_name,
                "amount": document.amount_total,
                "currency_id": document.currency_id.id,
                "note": self._get_client_target_note(document, first.get(document, "")),
            }
            for document in documents
        ]

    @api.model
    def _get_client_first_lines(self, documents, field):
        """:return: dict ``{document: str}``, the text of the first product of each"""
        lines = documents.env[field.comodel_name].search_fetch(
            [
                (field.inverse_name, "in", documents.ids),
                # Sections and notes have another one.
                ("display_type", "in", (False, "product")),
            ],
            [field.inverse_name, "name"],
            order="sequence desc, id desc",
        )
        texts = {line[field.inverse_name]: line.name or "" for line in lines}
        return {
            document: shorten(text.strip().partition("\n")[0], 50, placeholder="…")
            for document, text in texts.items()
        }

    @api.model
    def _get_client_target_note(self, document, line):
        """What tells a document apart from others of the same name and amount.

        :param document: one record
        :param str line: the text of its first product
        :return: str
        """
        # Users without a time zone of their own cost no query.
        zone = self.env.context.get("tz")
        time = format_datetime(self.env, document.write_date, zone, "short")
        date = self.env._("changed on %s", time)
        return " · ".join(filter(None, (line, date)))

    @api.model
    def _prepare_client_new_target(self, model, name):
        """:return: dict, a document that is created with the sale"""
        return {
            "model": model,
            "id": False,
            "name": name,
            "amount": 0.0,
            "currency_id": self.env.company.currency_id.id,
            "note": "",
        }

    def _get_client_no_target_sentence(self):
        if not self._is_client_of_company():
            # Superuser: the name of the company whose client the user reads already.
            return self.env._(
                "%(client)s belongs to %(company)s. Switch to that company and try "
                "again.",
                client=self.display_name,
                company=self.company_id.sudo().display_name,
            )
        return self.env._(
            "You are not allowed to invoice or sell. Ask an administrator for the "
            "right."
        )

    # Sale

    def _add_client_sale_lines(self, target, lines):
        """Add products to a document of this client, with the rights of the user.

        The document is locked and its state looked at again. Odoo computes the price
        of a line without one, its taxes and its text.

        :param dict target: ``model`` and ``id`` as in :meth:`_get_client_sale_targets`
        :param list lines: dicts with ``product_id``, ``quantity`` and, possibly None,
            ``price_unit`` and ``name``
        :return: the document, an ``account.move`` or what an override adds to;
            overridden for the documents of another app
        :raise UserError: when a line cannot be sold or the document not be changed
        """
        self.ensure_one()
        if target.get("model") != "account.move":
            raise UserError(self.env._("Choose where the products are added."))
        if not self._may_client_be_invoiced():
            raise UserError(self._get_client_no_target_sentence())
        commands = self._prepare_client_sale_commands(lines, "quantity")
        if not target.get("id"):
            return self.env["account.move"].create(
                self._prepare_client_invoice(invoice_line_ids=commands)
            )
        draft = self._lock_client_document(
            "account.move", target["id"], self._get_client_draft_domain()
        )
        draft.write({"invoice_line_ids": commands})
        return draft

    def _prepare_client_invoice(self, **values):
        """:return: dict, the values of a new customer invoice of this client"""
        address = self.address_get(["invoice"])["invoice"]
        return {"move_type": "out_invoice", "partner_id": address, **values}

    @api.model
    def _lock_client_document(self, model, document_id, domain):
        """Lock a document until the end of the transaction.

        :param str model: of the document
        :param int document_id: as the user chose it
        :param domain: ``Domain`` of the documents that can still be changed
        :return: the locked document, which the user is allowed to change
        :raise UserError: when somebody else changes it right now, or it left the domain
        """
        document = self.env[model].browse(self._check_client_id(document_id))
        try:
            document.lock_for_update()
        except LockError as error:
            if document.exists():
                raise UserError(
                    self.env._(
                        "This document is being changed by somebody else. Wait a "
                        "moment and try again."
                    )
                ) from error
        document.invalidate_recordset()
        found = document.search(domain & Domain("id", "=", document.id))
        if not found:
            raise UserError(
                self.env._(
                    "Nothing can be added to this document any more. Close this dialog "
                    "and open it again to choose another one."
                )
            )
        found.check_access("write")
        return found

    @api.model
    def _check_client_id(self, value):
        """:return: int, an id that came from outside
        :raise UserError: when it is none"""
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        raise UserError(self.env._("This record does not exist. Choose another one."))

    # Lines

    def _prepare_client_sale_commands(self, lines, quantity_field):
        """Check what was entered.

        :param list lines: see :meth:`_add_client_sale_lines`
        :param str quantity_field: the field of the quantity in the document's lines
        :return: list of commands that create the lines
        :raise UserError: with a sentence about the first line that cannot be sold
        """
        if not lines:
            raise UserError(self.env._("Add at least one product."))
        return [
            Command.create(self._prepare_client_sale_line(line, quantity_field))
            for line in lines
        ]

    def _prepare_client_sale_line(self, line, quantity_field):
        product = self._get_client_sale_product(line.get("product_id"))
        quantity = line.get("quantity")
        if not self._is_client_number(quantity) or quantity <= 0:
            raise UserError(
                self.env._(
                    "Enter a quantity above zero for “%s”.", product.display_name
                )
            )
        values = {"product_id": product.id, quantity_field: quantity}
        price = line.get("price_unit")
        if price is not None:
            if not self._is_client_number(price):
                raise UserError(
                    self.env._("Enter a valid price for “%s”.", product.display_name)
                )
            values["price_unit"] = price
        if line.get("name"):
            values["name"] = str(line["name"])
        return values

    def _get_client_sale_product(self, product_id):
        """:return: ``product.product``, readable by the user and sold by the company
        :raise UserError: otherwise"""
        if not product_id:
            raise UserError(self.env._("Choose a product on each line."))
        product = self.env["product.product"].browse(self._check_client_id(product_id))
        company = self._check_company_domain(self.env.company)
        found = product.with_context(active_test=False).search(
            Domain("id", "=", product.id) & Domain(company)
        )
        if not found:
            raise UserError(
                self.env._(
                    "A product does not exist or belongs to another company. Choose "
                    "another one."
                )
            )
        if not found.active or not found.sale_ok:
            raise UserError(
                self.env._("“%s” cannot be sold. Choose another product.", found.name)
            )
        return found.with_env(self.env)

    @api.model
    def _is_client_number(self, value):
        """:return: bool, whether this is a number that Odoo can calculate with"""
        number = isinstance(value, Real) and not isinstance(value, bool)
        return number and math.isfinite(value)

    # Prices

    def _get_client_sale_price(self, target, product, quantity):
        """The price that Odoo will give a product, shown before it is added.

        :param dict target: see :meth:`_get_client_sale_targets`
        :param product: ``product.product``
        :param float quantity: what is sold, in the product's unit
        :return: float, in the currency of the target; overridden where another app
            sets prices
        """
        self.ensure_one()
        move = self.env["account.move"].browse(target["id"] or [])
        invoiced = self.browse(self.address_get(["invoice"])["invoice"])
        positions = self.env["account.fiscal.position"]
        return product._get_tax_included_unit_price(
            self.env.company,
            move.currency_id or self.env.company.currency_id,
            move.date or self._client_status_date(),
            "sale",
            fiscal_position=move.fiscal_position_id
            if move
            else positions._get_fiscal_position(invoiced),
        )
