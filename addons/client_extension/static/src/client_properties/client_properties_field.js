import { registry } from "@web/core/registry";
import {
  PropertiesField,
  propertiesField,
} from "@web/views/fields/properties/properties_field";

import { onWillStart } from "@odoo/owl";

/**
 * The additional data of a client. Who may change the labels gets a button for it,
 * everybody else fills in values.
 */
export class ClientPropertiesField extends PropertiesField {
  static template = "client_extension.ClientPropertiesField";

  setup() {
    super.setup();
    onWillStart(async () => {
      this.state.canChangeDefinition = await this.checkDefinitionWriteAccess();
    });
  }

  /** @returns {boolean} */
  get isEmpty() {
    return !this.propertiesList.length;
  }

  /** Begin or end changing the labels; the first one is added at once. */
  async toggleLabels() {
    this.state.isInEditMode = !this.state.isInEditMode;
    if (this.state.isInEditMode && this.isEmpty) {
      await this.onPropertyCreate();
    }
  }
}

registry.category("fields").add("client_properties", {
  ...propertiesField,
  component: ClientPropertiesField,
  // Odoo looks for its own class around the field.
  additionalClasses: ["o_field_properties"],
});
