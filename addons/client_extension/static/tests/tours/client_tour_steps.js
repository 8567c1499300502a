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

/**
 * The fields that take the parts of a person's name, where an add-on locks the name
 * itself: such an add-on writes theirs here.
 */
export const nameFields = { first: "", last: "" };

/** @returns {string} selector of what a name, or a last name, is typed in */
function nameInputs() {
  const inputs = ["[name=name] textarea", "[name=name] input"];
  if (nameFields.last) {
    inputs.push(`[name=${nameFields.last}] input`);
  }
  return inputs.map((one) => `.o_form_renderer .o_field_widget${one}`).join(", ");
}

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
    trigger: nameInputs(),
    async run({ anchor, edit, press }) {
      if (!nameFields.last || !anchor.closest(`[name=${nameFields.last}]`)) {
        await edit(whole);
        return;
      }
      if (first) {
        const field = `.o_form_renderer .o_field_widget[name=${nameFields.first}]`;
        await edit(first, `${field} input`);
      }
      await edit(last, anchor);
      // The add-on composes the name when a part is left.
      await press("Tab");
    },
  };
}

/** @returns {string} the name, or last name, that the form has */
export function getTypedName() {
  return document.querySelector(nameInputs()).value;
}

/** @returns {Object[]} steps that save the form and wait until it is saved */
export function save() {
  return [
    { content: "Save", trigger: ".o_form_button_save:enabled", run: "click" },
    { content: "It is saved", trigger: ".o_form_renderer.o_form_saved" },
  ];
}

/**
 * Open a page of the form of a client.
 *
 * @param {string} name of the page, without `client_`
 * @returns {Object} step
 */
export function openPage(name) {
  return {
    content: `Open the page ${name}`,
    trigger: `.o_client_pages .nav-link[name=client_${name}]`,
    run: "click",
  };
}
