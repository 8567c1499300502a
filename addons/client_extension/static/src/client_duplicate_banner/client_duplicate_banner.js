import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import {
  Component,
  onMounted,
  onWillStart,
  status,
  useExternalListener,
  useRef,
  useState,
} from "@odoo/owl";

import { DUPLICATE_REASONS, STATUS_LABELS } from "./duplicate_reasons";

const TYPING_DELAY = 300;
const KEYS = ["ref", "vat", "company_registry", "email", "phone", "mobile"];
const WATCHED = ["name", ...KEYS];

/**
 * Shows existing partners that may be the client being entered. It searches while the
 * user types, never blocks, and opens results in a dialog, so that no input is lost.
 *
 * An existing client is looked up once, only by its numbers and email addresses, and
 * the results are one folded line: similar names are not news for an existing client.
 * Values changed in the form are looked up as for a new one.
 */
export class ClientDuplicateBanner extends Component {
  static template = "client_extension.ClientDuplicateBanner";
  static props = { ...standardWidgetProps };
  /** Fields that are looked up while they are typed. */
  static watched = WATCHED;
  /** Fields by which an existing client is looked up. */
  static keys = KEYS;

  setup() {
    this.watched = this.constructor.watched;
    this.orm = useService("orm");
    this.dialog = useService("dialog");
    this.action = useService("action");
    this.rootRef = useRef("root");
    this.state = useState({ partners: [], isOpen: false });
    this.keepLast = new KeepLast();
    this.typed = {};
    this.lastQuestion = "";
    this.lookSoon = useDebounced(() => this.look(), TYPING_DELAY);
    onWillStart(async () => {
      this.mayLook = await user.hasGroup("client_extension.group_client_user");
    });
    onMounted(() => this.look());
    useExternalListener(window, "input", (ev) => this.onInput(ev), { capture: true });
    useRecordObserver((record) => this.onRecordChange(record));
  }

  /** Remember what is typed in a field before Odoo updates the record on blur. */
  onInput(ev) {
    const field = ev.target.closest?.(".o_field_widget[name]");
    const name = field?.getAttribute("name");
    const form = this.rootRef.el?.closest(".o_form_renderer");
    if (!this.watched.includes(name) || field.closest(".o_form_renderer") !== form) {
      return;
    }
    this.typed[name] = ev.target.value;
    this.lookSoon();
  }

  /** Start over with another record; search again when a value has changed. */
  onRecordChange(record) {
    const known = Object.fromEntries(
      this.watched.map((name) => [name, record.data[name]]),
    );
    known.country_id = record.data.country_id?.id;
    if (record.resId !== this.resId || !this.original || !record.dirty) {
      this.resId = record.resId;
      this.original = known;
    }
    for (const name of this.watched) {
      if (this.known?.[name] !== known[name]) {
        delete this.typed[name];
      }
    }
    this.known = known;
    this.lookSoon();
  }

  /** @returns {boolean} whether the user changed something that is looked up */
  get isChanged() {
    return Object.keys(this.changes).length > 0;
  }

  /** @returns {Object} the watched values that differ from those of the saved record */
  get changes() {
    const current = { ...this.known, ...this.typed };
    const changed = (name) => (current[name] || "") !== (this.original[name] || "");
    const names = this.resId ? this.watched.filter(changed) : this.watched;
    return Object.fromEntries(
      names.filter((name) => current[name]).map((name) => [name, current[name]]),
    );
  }

  /** @returns {Object} the values sent to the server */
  get question() {
    const changes = this.changes;
    const keys = this.isChanged || !this.resId ? [] : this.constructor.keys;
    for (const name of keys) {
      if (this.known[name]) {
        changes[name] = this.known[name];
      }
    }
    return changes;
  }

  /** Ask the server, unless the last request was the same. */
  async look() {
    if (!this.mayLook || !this.known || status(this) === "destroyed") {
      return;
    }
    const values = this.question;
    const { partnerId } = this;
    const isOpen = !partnerId || this.isChanged;
    const { among } = this;
    const question = JSON.stringify([partnerId, values, among]);
    if (question === this.lastQuestion) {
      return;
    }
    this.lastQuestion = question;
    if (!Object.keys(values).length) {
      await this.keepLast.add(Promise.resolve());
      Object.assign(this.state, { partners: [], isOpen });
      return;
    }
    values.country_id = this.known.country_id || false;
    const partners = await this.keepLast.add(
      this.orm.silent.call(
        "res.partner",
        "client_find_duplicates",
        [values, partnerId],
        among,
      ),
    );
    Object.assign(this.state, { partners, isOpen });
  }

  /** @returns {number | false} the partner of the form, which is not a duplicate */
  get partnerId() {
    return this.resId || false;
  }

  /** @returns {Object} more parameters that limit the search on the server */
  get among() {
    return {};
  }

  /** @returns {string} */
  get title() {
    return this.state.partners.length === 1
      ? _t("One possible duplicate")
      : _t("%s possible duplicates", this.state.partners.length);
  }

  /** Show or fold the list. */
  toggle() {
    this.state.isOpen = !this.state.isOpen;
  }

  /**
   * @param {Object} partner one that was found
   * @returns {string} why, in words
   */
  reasons(partner) {
    return partner.reasons.map((code) => DUPLICATE_REASONS[code] || code).join(", ");
  }

  /** @returns {string} */
  statusLabel(partner) {
    return STATUS_LABELS[partner.status];
  }

  /** Open a result in a dialog over the form, which keeps what was typed. */
  open(partner) {
    this.dialog.add(FormViewDialog, {
      resModel: "res.partner",
      resId: partner.id,
      title: partner.name,
      viewId: this.env.config?.viewId || false,
      canExpand: false,
    });
  }

  /** @returns {boolean} whether the results can be compared with a saved client */
  get canCompare() {
    return Boolean(this.partnerId) && this.props.record.resModel === "res.partner";
  }

  /** Save, and compare the client with some of the results side by side. */
  async compare(partners) {
    const { record } = this.props;
    if (!(await record.save())) {
      return;
    }
    const ids = [record.resId, ...partners.map((partner) => partner.id)];
    const action = await this.orm.call("res.partner", "action_client_compare", [ids]);
    await this.action.doAction(action, { onClose: () => this.afterMerge(ids) });
  }

  /** Show the remaining records: this client, the other one, or still both. */
  async afterMerge(ids) {
    const left = await this.orm.search("res.partner", [["id", "in", ids]], {
      context: { active_test: false },
    });
    if (!left.includes(ids[0]) && left.length) {
      await this.action.doAction(
        {
          type: "ir.actions.act_window",
          res_model: "res.partner",
          res_id: left[0],
          views: [[this.env.config?.viewId || false, "form"]],
          target: "current",
        },
        { stackPosition: "replaceCurrentAction" },
      );
      return;
    }
    await this.props.record.load();
    this.lastQuestion = "";
    await this.look();
  }

  /** Remember that the result is not a duplicate of this client. */
  async tellApart(partner) {
    const ids = [this.partnerId, partner.id];
    await this.orm.call("res.partner", "action_client_not_duplicates", [ids]);
    this.state.partners = this.state.partners.filter(({ id }) => id !== partner.id);
  }
}

registry.category("view_widgets").add("client_duplicate_banner", {
  component: ClientDuplicateBanner,
  fieldDependencies: WATCHED.map((name) => ({
    name,
    type: "char",
    readonly: false,
  })).concat([{ name: "country_id", type: "many2one" }]),
});
