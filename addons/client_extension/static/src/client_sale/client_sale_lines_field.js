import { onMounted } from "@odoo/owl";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { registry } from "@web/core/registry";
import { X2ManyField, x2ManyField } from "@web/views/fields/x2many/x2many_field";

/** The products of a sale: the first line is ready to type, Ctrl + Enter adds all. */
export class ClientSaleLinesField extends X2ManyField {
  setup() {
    super.setup();
    onMounted(() => {
      if (!this.list.count) {
        this.onAdd({ editable: "bottom" });
      }
    });
    useHotkey("control+enter", ({ target }) => this.addAll(target), {
      bypassEditableProtection: true,
    });
  }

  /**
   * Press the button of the dialog: Odoo then saves what is still being typed.
   *
   * @param {HTMLElement} target of the key
   */
  addAll(target) {
    const dialog = target.closest(".modal");
    dialog?.querySelector("button[name=action_add]:enabled")?.click();
  }
}

registry.category("fields").add("client_sale_lines", {
  ...x2ManyField,
  component: ClientSaleLinesField,
});
