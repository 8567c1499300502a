import { registry } from "@web/core/registry";

/**
 * Open the export dialog for a list. Ids are sent as parameters, never in a URL.
 *
 * @param {Object} services `orm` and `action`
 * @param {Object} root the root of the list's model
 * @returns {Promise<any>}
 */
export async function openClientExport({ orm, action }, root) {
  const selected = root.isDomainSelected ? [] : root.selection;
  const ids = selected.map((record) => record.resId);
  const dialog = await orm.call("client.export.wizard", "action_open", [
    root.domain,
    ids,
  ]);
  return action.doAction(dialog);
}

/**
 * Let the browser download a file like any link, with its own progress bar, and close
 * the dialog.
 *
 * @param {Object} env
 * @param {Object} action with `url` in its parameters
 * @returns {Object} the next action
 */
function downloadFile(env, action) {
  const link = document.createElement("a");
  link.href = action.params.url;
  link.download = "";
  link.click();
  return { type: "ir.actions.act_window_close" };
}

registry.category("actions").add("client_extension.download", downloadFile);
