/** Steps that the tours of the Clients app share. */

const autocompleteItem = (text) =>
  `.o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option):contains("${text}")`;

/**
 * Choose a value in a many2one or tags field of the form.
 *
 * @param {string} name of the field
 * @param {string} text of the value
 * @returns {Object[]} steps
 */
export function choose(name, text) {
  return [
    {
      content: `Type in ${name}`,
      trigger: `.o_field_widget[name=${name}] input`,
      run: `edit ${text}`,
    },
    { content: `Choose ${text}`, trigger: autocompleteItem(text), run: "click" },
  ];
}

/**
 * Type in a field of the form.
 *
 * @param {string} name of the field
 * @param {string} text to type
 * @returns {Object} step
 */
export function type(name, text) {
  const field = `.o_form_renderer .o_field_widget[name=${name}]`;
  return {
    content: `Type ${text} in ${name}`,
    trigger: `${field} input, ${field} textarea`,
    run: `edit ${text}`,
  };
}

/** @returns {Object[]} steps that save the form and wait until it is saved */
export function save() {
  return [
    { content: "Save", trigger: ".o_form_button_save:enabled", run: "click" },
    { content: "It is saved", trigger: ".o_form_renderer.o_form_saved" },
  ];
}
