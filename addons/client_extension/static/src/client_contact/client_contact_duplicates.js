import { _t } from "@web/core/l10n/translation";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { registry } from "@web/core/registry";

import { ClientDuplicateBanner } from "../client_duplicate_banner/client_duplicate_banner";

const PARTS = ["first_name", "last_name"];
const WATCHED = [...PARTS, "email", "phone", "mobile"];

/**
 * Shows existing persons who may be the contact being entered. A click selects one:
 * then there is no new person any more, and nothing to search for.
 */
export class ClientContactDuplicates extends ClientDuplicateBanner {
  static watched = WATCHED;
  static keys = [];

  /** A line is not a partner: no record is left out. */
  get partnerId() {
    return false;
  }

  onRecordChange(record) {
    this.personId = record.data.contact_id?.id;
    this.clientId = record.data.client_id?.id || record.evalContext.parent?.id;
    super.onRecordChange(record);
  }

  get question() {
    if (this.personId) {
      return {};
    }
    const { first_name, last_name, ...values } = super.question;
    const name = [first_name, last_name].filter(Boolean).join(" ");
    return name ? { name, ...values } : values;
  }

  /** A contact is a person, and not the client itself. */
  get among() {
    return { persons_only: true, client_id: this.clientId || false };
  }

  get title() {
    return _t("This person may already exist: select one of these");
  }

  /** Replace what was typed with the person that was found. */
  open(partner) {
    return partner.active ? this.choose(partner) : this.askForArchived(partner);
  }

  choose(partner) {
    return this.props.record.update({
      contact_id: { id: partner.id, display_name: partner.name },
    });
  }

  /** Archived persons get no email and are in no list: unarchive one to select it. */
  askForArchived(partner) {
    this.dialog.add(ConfirmationDialog, {
      title: _t("This person is archived"),
      body: _t("%s is archived. Unarchive and select this person?", partner.name),
      confirmLabel: _t("Unarchive and Select"),
      confirm: async () => {
        await this.orm.call("res.partner", "action_unarchive", [[partner.id]]);
        await this.choose(partner);
      },
      cancel: () => {},
    });
  }
}

registry.category("view_widgets").add("client_contact_duplicates", {
  component: ClientContactDuplicates,
  fieldDependencies: WATCHED.map((name) => ({
    name,
    type: "char",
    readonly: false,
  })).concat([{ name: "contact_id", type: "many2one", readonly: false }]),
});
