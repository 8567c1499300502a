import { onWillStart } from "@odoo/owl";
import { download } from "@web/core/network/download";
import { user } from "@web/core/user";

import { canExportClients } from "./client_rights";

/**
 * Download what a list shows: the selected records, or all that match its filters.
 *
 * @param {Object} root the root of the list's model
 * @param {string} url of the controller
 * @param {string} format csv or xlsx
 * @returns {Promise<any>}
 */
export function downloadList(root, url, format) {
  const selected = root.isDomainSelected ? [] : root.selection;
  const data = {
    format,
    domain: root.domain,
    ids: selected.map((record) => record.resId),
    company_ids: root.context.allowed_company_ids || user.context.allowed_company_ids,
  };
  return download({ url, data: { data: JSON.stringify(data) } });
}

/**
 * Adds exports to the actions on selected records.
 *
 * @param {Function} Controller the controller of a list or kanban view
 * @param {Object[]} files each with `key`, `url`, `format`, `icon` and `label()`
 * @returns {Function}
 */
export const withListExport = (Controller, files) =>
  class extends Controller {
    setup() {
      super.setup();
      onWillStart(async () => {
        this.canExportClients = await canExportClients();
      });
    }

    getStaticActionMenuItems() {
      const items = { ...super.getStaticActionMenuItems() };
      files.forEach(({ key, url, format, icon, label }, index) => {
        items[key] = {
          isAvailable: () => this.canExportClients,
          sequence: 5 + index,
          icon: `fa ${icon}`,
          description: label(),
          callback: () => downloadList(this.model.root, url, format),
        };
      });
      return items;
    }
  };
