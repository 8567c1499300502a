import { Chatter } from "@mail/chatter/web_portal/chatter";
import { patch } from "@web/core/utils/patch";

/** Sent over the bus of the environment, with `model` and `id` of the record. */
export const CHATTER_CHANGED = "CLIENT:CHATTER-CHANGED";

patch(Chatter.prototype, {
  /**
   * Tell the overview of a change: once a message is sent, or an activity is planned or
   * done, the chatter asks for its messages again, and otherwise it does not.
   *
   * @override
   */
  async load(thread, requestList) {
    await super.load(...arguments);
    if (thread.id && requestList?.includes("messages")) {
      this.env.bus.trigger(CHATTER_CHANGED, { model: thread.model, id: thread.id });
    }
  },
});
