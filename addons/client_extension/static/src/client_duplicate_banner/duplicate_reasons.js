import { _t } from "@web/core/l10n/translation";

/** Why a partner may be the one being entered, by the code from the server. */
export const DUPLICATE_REASONS = {
  ref: _t("same reference"),
  vat: _t("same tax ID"),
  registry: _t("same company ID"),
  email: _t("same email"),
  phone: _t("same phone number"),
  name_start: _t("same start of name"),
  name_similar: _t("very similar name"),
};

/** The text of each status in the banner. */
export const STATUS_LABELS = {
  prospect: _t("Prospect"),
  client: _t("Client"),
  "": _t("Not a client"),
};
