import { deserializeDate, deserializeDateTime } from "@web/core/l10n/dates";

/**
 * @param {string} date of an entry: a day, or a moment in UTC
 * @returns {DateTime} in the user's zone
 */
export function entryDate(date) {
  return date.length > 10 ? deserializeDateTime(date) : deserializeDate(date);
}

/**
 * Put entries that are in order under headings: months, and in them days.
 *
 * @param {Object[]} entries with `date`
 * @returns {Object[]} months: `key`, `label`, `days`: `key`, `label`, `title`, `entries`
 */
export function groupByDay(entries) {
  const months = [];
  for (const entry of entries) {
    const date = entryDate(entry.date);
    const monthKey = date.toFormat("yyyy-MM");
    if (months.at(-1)?.key !== monthKey) {
      const label = date.toLocaleString({ month: "long", year: "numeric" });
      months.push({ key: monthKey, label, days: [] });
    }
    const { days } = months.at(-1);
    const dayKey = date.toFormat("yyyy-MM-dd");
    if (days.at(-1)?.key !== dayKey) {
      const label = date.toLocaleString({ day: "numeric", month: "short" });
      days.push({ key: dayKey, label, entries: [] });
    }
    days.at(-1).entries.push(entry);
  }
  return months;
}
