import { SearchModel } from "@web/search/search_model";

/**
 * Searches clients without waiting for the search panel. Odoo's own shows no row before
 * the values of the panel are counted again, which takes seconds with many clients;
 * here they are counted in the background, and updated when they are ready.
 */
export class ClientSearchModel extends SearchModel {
  setup() {
    super.setup(...arguments);
    this.sectionsToCount = null;
    this.counting = null;
  }

  /**
   * @override
   * At first the panel has nothing to show yet: see ClientSearchPanel.
   */
  async _fetchSections(categories, filters) {
    if (!this.searchPanelInfo.loaded) {
      return super._fetchSections(categories, filters);
    }
    // Pending sections are counted together with the new ones.
    const [moreCategories, moreFilters] = this.sectionsToCount || [[], []];
    this.sectionsToCount = [
      [...new Set([...moreCategories, ...categories])],
      [...new Set([...moreFilters, ...filters])],
    ];
    this.counting ||= this.countSections().finally(() => {
      this.counting = null;
    });
  }

  /** Count one after the other, so that the result of the last request is kept. */
  async countSections() {
    while (this.sectionsToCount) {
      const [categories, filters] = this.sectionsToCount;
      this.sectionsToCount = null;
      await super._fetchSections(categories, filters);
      this.trigger("client-counted");
    }
  }
}
