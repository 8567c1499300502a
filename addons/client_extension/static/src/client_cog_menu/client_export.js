import { download } from "@web/core/network/download";
import { user } from "@web/core/user";

/**
 * Download the clients of a list as a file that imports again: the selected ones, or
 * all that the filters of the list show.
 *
 * @param {Object} root the root of the list's model
 * @param {string} format csv or xlsx
 * @returns {Promise<any>}
 */
export function downloadClients(root, format) {
  const selected = root.isDomainSelected ? [] : root.selection;
  const data = {
    format,
    domain: root.domain,
    ids: selected.map((record) => record.resId),
    company_ids: root.context.allowed_company_ids || user.context.allowed_company_ids,
  };
  return download({
    url: "/client_extension/export",
    data: { data: JSON.stringify(data) },
  });
}
