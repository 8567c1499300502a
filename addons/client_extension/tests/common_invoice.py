"""Invoices and payments of clients for the tests."""

from dateutil.relativedelta import relativedelta

from odoo import Command, fields


class InvoiceMixin:
    """Make invoices, payments and credit notes in the company of the test."""

    @classmethod
    def day(cls, days=0):
        """:return: date, that many days from today"""
        return fields.Date.context_today(cls.Partner) + relativedelta(days=days)

    @classmethod
    def invoice(cls, client, amount=100, due=30, post=True, **values):
        """:return: a customer invoice of one line, without taxes unless told"""
        lines = [Command.create({"name": "Trip", "price_unit": amount, "tax_ids": []})]
        move = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": client.id,
                "invoice_date": cls.day(min(due, 0)),
                "invoice_date_due": cls.day(due),
                "invoice_line_ids": lines,
                **values,
            }
        )
        if post:
            move.action_post()
        return move

    @classmethod
    def payment(cls, client, amount=50, days=0):
        """:return: a posted payment of a client that is on no invoice yet"""
        payment = cls.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": client.id,
                "amount": amount,
                "date": cls.day(days),
            }
        )
        payment.action_post()
        return payment

    @classmethod
    def activity(cls, client, days=0, done=False, **values):
        """:return: an activity planned on a client, or done"""
        activity = cls.env["mail.activity"].create(
            {
                "res_model_id": cls.env["ir.model"]._get_id("res.partner"),
                "res_id": client.id,
                "activity_type_id": cls.env.ref("mail.mail_activity_data_todo").id,
                "summary": "Call back",
                "date_deadline": cls.day(days),
                **values,
            }
        )
        if done:
            activity.action_feedback(feedback="Done")
        return activity
