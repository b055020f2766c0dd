/** Something the user hears of: its code is a key of the texts, or the `code` of a service's problem (RFC 9457). */
export class Fault extends Error {
  /**
   * @param {Record<string, any>} [facts] what the words need, or the problem's members
   * @param {number} [status] the HTTP status, where a service answered
   */
  constructor(code, facts = {}, status = 0) {
    super(code);
    this.code = code;
    this.facts = facts;
    this.status = status;
  }
}

/** @param {unknown} value what a service said @param {number} most characters */
export const isText = (value, most) => typeof value === "string" && value.length <= most;
