import { PropertyValue } from "@web/views/fields/properties/property_value";

const NUMBERS = ["integer", "float", "monetary"];

/** The value of one label. Unlike Odoo's, a number that is not set is empty, not 0. */
export class ClientPropertyValue extends PropertyValue {
  /** @returns {boolean} */
  get isMissingNumber() {
    const { type, value } = this.props;
    return NUMBERS.includes(type) && (value === undefined || value === false);
  }

  get displayValue() {
    return this.isMissingNumber ? "" : super.displayValue;
  }

  async onValueChange(value) {
    const isEmptied = typeof value === "string" && !value.trim();
    if (NUMBERS.includes(this.props.type) && isEmptied) {
      return this.props.onChange(false);
    }
    return super.onValueChange(value);
  }
}
