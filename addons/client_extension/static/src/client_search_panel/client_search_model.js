import { SearchModel } from "@web/search/search_model";

/**
 * Searches clients without waiting for the panel beside them. Odoo's own draws no row
 * before the values of the panel are counted anew, which takes seconds among many
 * clients; here they are counted in the background, and change when they are there.
 */
export class ClientSearchModel extends SearchModel {
  setup() {
    super.setup(...arguments);
    this.sectionsToCount = null;
    this.counting = null;
  }

  /**
   * @override
   * The first time the panel has nothing to show before: see ClientSearchPanel.
   */
  async _fetchSections(categories, filters) {
    if (!this.searchPanelInfo.loaded) {
      return super._fetchSections(categories, filters);
    }
    // Whatever waits to be counted is counted, along with what comes on top of it.
    const [moreCategories, moreFilters] = this.sectionsToCount || [[], []];
    this.sectionsToCount = [
      [...new Set([...moreCategories, ...categories])],
      [...new Set([...moreFilters, ...filters])],
    ];
    this.counting ||= this.countSections().finally(() => {
      this.counting = null;
    });
  }

  /** Count one after the other, so that the answer to the last question stays. */
  async countSections() {
    while (this.sectionsToCount) {
      const [categories, filters] = this.sectionsToCount;
      this.sectionsToCount = null;
      await super._fetchSections(categories, filters);
      this.trigger("client-counted");
    }
  }
}
