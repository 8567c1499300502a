import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

import { ClientDuplicateBanner } from "../client_duplicate_banner/client_duplicate_banner";

const PARTS = ["first_name", "last_name"];
const WATCHED = [...PARTS, "email", "phone", "mobile"];

/**
 * Names the persons whom a contact being typed may already be. A click chooses one:
 * then nobody is typed any more, and there is nothing to look for.
 */
export class ClientContactDuplicates extends ClientDuplicateBanner {
  static watched = WATCHED;
  static keys = [];

  /** A line is no partner: none is left out. */
  get partnerId() {
    return false;
  }

  onRecordChange(record) {
    this.personId = record.data.contact_id?.id;
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

  /** A contact is a person: companies that are called alike are no news. */
  keep(partners) {
    return partners.filter((partner) => !partner.is_company);
  }

  get title() {
    return _t("You may have this person already: choose instead of typing");
  }

  /** Put the one that was found in the place of what was typed. */
  open(partner) {
    return this.props.record.update({
      contact_id: { id: partner.id, display_name: partner.name },
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
