const ROW = ".modal .o_field_widget[name=line_ids] .o_selected_row";

/**
 * Open *Add a Sale* and add products, without the mouse.
 *
 * @param {string[][]} products what is typed (a code, a barcode or a name), and the price
 *   that is shown then
 * @param {string} [button] name of the button that opens the dialog
 * @returns {Object[]} steps
 */
export function addByKeyboard(products, button = "action_client_add_sale") {
  const lines = products.flatMap(([text, price], index) => [
    {
      content: `Type ${text} into the line that is ready`,
      trigger: `.modal .o_data_row:nth-child(${index + 1}).o_selected_row [name=product_id] input`,
      run({ anchor, edit }) {
        if (document.activeElement !== anchor) {
          throw new Error("The product of the new line does not have the focus");
        }
        return edit(text);
      },
    },
    {
      content: "Odoo found it",
      trigger: ".o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option)",
    },
    {
      content: "Enter selects it",
      trigger: `${ROW} [name=product_id] input`,
      run: "press Enter",
    },
    {
      content: "Its price is shown",
      trigger: `${ROW} [name=price_unit] input:value(${price})`,
    },
    ...(index + 1 < products.length
      ? [
          {
            content: "Enter goes to the next line",
            trigger: `${ROW} [name=product_id] input`,
            run: "press Enter",
          },
        ]
      : []),
  ]);
  return [
    {
      content: "The keyboard opens the dialog",
      trigger: `button[name=${button}]`,
      run: "press Alt+Shift+s",
    },
    ...lines,
    {
      content: "Ctrl + Enter adds everything",
      trigger: `${ROW} [name=product_id] input`,
      run: "press Control+Enter",
    },
    { content: "The dialog is closed", trigger: "body:not(:has(.modal))" },
  ];
}
