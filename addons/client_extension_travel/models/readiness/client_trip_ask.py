from odoo import models
from odoo.exceptions import UserError

#: more recipients are counted, not named
MAX_NAMES = 4


class ClientTrip(models.Model):
    """The people of a trip are asked by email for what is missing."""

    _inherit = "client.trip"  # pylint: disable=consider-merging-classes-inherited

    def action_ask_missing(self):
        """Open Odoo's mail composer with one email for each of those concerned.

        Each gets the list of what is missing of themselves and of those for whom they
        are asked, without any value. The emails are deleted once they are sent.

        :return: dict, a window action
        :raise UserError: when there is nothing to ask for, or nobody with an email
            address
        :raise AccessError: when the user may not change the trip
        """
        self.ensure_one()
        self.check_access("write")
        recipients = self._create_missing_recipients()
        template = self.env.ref("client_extension_travel.mail_template_missing")
        return {
            "type": "ir.actions.act_window",
            "name": self._get_ask_title(recipients.partner_id),
            "res_model": "mail.compose.message",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_composition_mode": "mass_mail",
                "default_model": recipients._name,
                "default_res_ids": recipients.ids,
                "default_template_id": template.id,
                # Answers hold what was asked for: they go to a person, in no log.
                "default_reply_to": self._get_reply_address(),
                "default_auto_delete": True,
                "default_auto_delete_keep_log": False,
                # About a trip of theirs, whatever they think of advertising.
                "default_use_exclusion_list": False,
            },
        }

    def _get_ask_title(self, partners):
        """:return: str: the composer shows no recipients when it sends several emails,
        so its title names them, or says how many there are"""
        if len(partners) > MAX_NAMES:
            return self.env._("Ask for What Is Missing (%s emails)", len(partners))
        names = ", ".join(partners.mapped("display_name"))
        return self.env._("Ask for What Is Missing: %s", names)

    def _get_reply_address(self):
        """:return: str, the email address to which the answers go: of the responsible,
        or of the user; overridden to collect them elsewhere"""
        return self.user_id.email_formatted or self.env.user.email_formatted

    def _create_missing_recipients(self):
        """:return: ``client.trip.missing.recipient``, one for each email address
        :raise UserError: when there is none"""
        concerned = self._get_missing_recipients()
        concerned.pop(self.env["res.partner"], None)
        if not concerned:
            raise UserError(
                self.env._(
                    "There is nothing to ask for, or nobody to ask: the participants, "
                    "the leader and the client have no email address."
                )
            )
        return self.env["client.trip.missing.recipient"].create(
            [
                {
                    "trip_id": self.id,
                    "partner_id": partner.id,
                    "participant_ids": participants.ids,
                }
                for partner, participants in concerned.items()
            ]
        )

    def _get_missing_recipients(self):
        """Who is asked for what is missing: those of one email address together, as
        they get one email.

        :return: dict ``{partner: participants}``; participants for whom nobody has an
            email address are those of an empty partner
        """
        self.ensure_one()
        concerned, by_address = {}, {}
        for missing in self._get_missing("leave"):
            if missing["asked"]:
                partner = self._get_asked_person(missing["participant"])
                address = partner.email_normalized or partner.email
                partner = by_address.setdefault(address, partner)
                known = concerned.get(partner, missing["participant"])
                concerned[partner] = known | missing["participant"]
        return concerned

    def _get_asked_person(self, participant):
        """Who is asked for what is missing of a participant: the person; for a child
        and for whoever has no email address the leader, or else the client.

        :param participant: ``client.trip.participant``, empty for the whole trip
        :return: ``res.partner``, empty if none of them has an email address; overridden
            to ask others
        """
        person = participant.contact_id._filtered_access("read")
        if person.email and participant.age_group == "adult":
            return person
        leaders = self.participant_ids._get_listed().filtered(
            lambda one: one.is_leader and one.age_group == "adult"
        )
        others = leaders.contact_id | self.client_id
        return others._filtered_access("read").filtered("email")[:1]

    def _note_asked(self, partners):
        """Log who was asked for what is missing, and for whom nobody can be.

        :param partners: ``res.partner`` recordset
        """
        self.ensure_one()
        left = self._get_missing_recipients().get(self.env["res.partner"])
        sentences = [
            self.env._(
                "Asked for what is missing by email (%(count)s): %(names)s.",
                count=len(partners),
                names=", ".join(partners.mapped("display_name")),
            )
        ]
        if left:
            names = ", ".join(left.mapped("display_name"))
            sentences.append(self.env._("Without an email address: %s.", names))
        self._message_log(body=" ".join(sentences))
