import { registry } from "@web/core/registry";
import {
  StatusBarField,
  statusBarField,
} from "@web/views/fields/statusbar/statusbar_field";

/** The status of a client, which can be chosen before the new client has a name. */
export class ClientStatusField extends StatusBarField {
  /** @override */
  async selectItem(item) {
    const { name, record } = this.props;
    if (!record.resId) {
      await record.update({ [name]: item.value });
      return;
    }
    await super.selectItem(item);
  }
}

registry.category("fields").add("client_status", {
  ...statusBarField,
  component: ClientStatusField,
  additionalClasses: ["o_field_statusbar"],
});
