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
 * Names the partners that a client being typed may already be. It looks while one
 * types, never blocks, and opens what it found in a dialog, so that nothing typed is
 * lost.
 *
 * A client that exists is looked up once by its numbers and addresses alone, and what
 * is found then is one folded line: names that look alike are no news for an old
 * client. What is changed in the form is looked up like that of a new one.
 */
export class ClientDuplicateBanner extends Component {
  static template = "client_extension.ClientDuplicateBanner";
  static props = { ...standardWidgetProps };
  /** Fields that are looked up while they are typed. */
  static watched = WATCHED;
  /** Those by which a client that exists is looked up. */
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

  /** Remember what is typed in a field before Odoo takes it over, on leaving it. */
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

  /** Start over with another record; look again when a value changed. */
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

  /** @returns {Object} what the server is asked for */
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

  /** Ask the server, unless it was asked the same before. */
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

  /** @returns {number | false} the partner that is no duplicate: the one of the form */
  get partnerId() {
    return this.resId || false;
  }

  /** @returns {Object} what else the server is told of whom to find */
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

  /** Open one that was found over the form, which keeps what was typed. */
  open(partner) {
    this.dialog.add(FormViewDialog, {
      resModel: "res.partner",
      resId: partner.id,
      title: partner.name,
      viewId: this.env.config?.viewId || false,
      canExpand: false,
    });
  }

  /** @returns {boolean} whether what was found can be compared with a saved client */
  get canCompare() {
    return Boolean(this.partnerId) && this.props.record.resModel === "res.partner";
  }

  /** Save, and put the client and some of those that were found side by side. */
  async compare(partners) {
    const { record } = this.props;
    if (!(await record.save())) {
      return;
    }
    const ids = [record.resId, ...partners.map((partner) => partner.id)];
    const action = await this.orm.call("res.partner", "action_client_compare", [ids]);
    await this.action.doAction(action, { onClose: () => this.afterMerge(ids) });
  }

  /** Show what stayed: this client, or the other one, or both still. */
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

  /** Remember that the one that was found is not this client. */
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
