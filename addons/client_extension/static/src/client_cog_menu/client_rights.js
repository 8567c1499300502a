import { user } from "@web/core/user";

/**
 * Whether the user is allowed to import clients.
 *
 * @returns {Promise<boolean>}
 */
export function canImportClients() {
  return user.hasGroup("client_extension.group_client_importer");
}

/**
 * Whether the user is allowed to export clients; the server checks this again.
 *
 * @returns {Promise<boolean>}
 */
export async function canExportClients() {
  const [importer, clientUser, exporter] = await Promise.all([
    canImportClients(),
    user.hasGroup("client_extension.group_client_user"),
    user.hasGroup("base.group_allow_export"),
  ]);
  return importer || (clientUser && exporter);
}
