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

/** What a name is typed in: some add-ons have fields for its parts, and lock itself. */
const NAME_INPUTS = [
  "[name=name] textarea",
  "[name=name] input",
  "[name=lastname] input",
]
  .map((input) => `.o_form_renderer .o_field_widget${input}`)
  .join(", ");

/**
 * Type the name of a person, in one field or in two.
 *
 * @param {string} first name, or an empty text
 * @param {string} last name
 * @returns {Object} step
 */
export function typeName(first, last) {
  const whole = `${first} ${last}`.trim();
  return {
    content: `Type the name ${whole}`,
    trigger: NAME_INPUTS,
    async run({ anchor, edit, press }) {
      if (!anchor.closest("[name=lastname]")) {
        await edit(whole);
        return;
      }
      if (first) {
        await edit(first, ".o_form_renderer .o_field_widget[name=firstname] input");
      }
      await edit(last, anchor);
      // The add-on composes the name when a part is left.
      await press("Tab");
    },
  };
}

/** @returns {string} the name, or last name, that the form has */
export function getTypedName() {
  return document.querySelector(NAME_INPUTS).value;
}

/** @returns {Object[]} steps that save the form and wait until it is saved */
export function save() {
  return [
    { content: "Save", trigger: ".o_form_button_save:enabled", run: "click" },
    { content: "It is saved", trigger: ".o_form_renderer.o_form_saved" },
  ];
}
