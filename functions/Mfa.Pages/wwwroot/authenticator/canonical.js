/**
 * JSON in its one canonical form (RFC 8785). JSON.stringify writes numbers and strings just so; the order of names is all there is to add.
 * @param {any} value a value as JSON.parse makes them
 */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  // sort() compares UTF-16 code units, as section 3.2.3 asks.
  return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}
