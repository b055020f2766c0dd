import { code, grouped, secondsLeft, stepAt } from "../codes.js";
import { serverNow } from "../device.js";
import { codeKey } from "../store.js";
import { t } from "../words.js";
import { h, icon, svg, toast } from "./dom.js";

const SEARCH_FROM = 8;
const HURRY_SECONDS = 5;
const NEXT_SECONDS = 10;

/** The accounts with their codes. */
export class AccountList {
  /** @param {{open: (account: Account) => void}} actions */
  constructor({ open }) {
    this.open = open;
    this.search = h("input", { type: "search", "aria-label": t("search"), placeholder: t("search"), autocomplete: "off", spellcheck: "false", oninput: () => this.#filter() });
    this.none = h("p", { class: "soft centred", role: "status" });
    this.items = h("ul", { class: "accounts" });
    this.root = h("div", { class: "list" }, this.search, this.none, this.items);
    /** @type {Row[]} */
    this.rows = [];
  }
  async show(accounts) {
    this.rows = accounts.map((account) => new Row(account, this.open));
    await this.tick();
    // Whoever goes by keyboard stays at the account they were at.
    const held = document.activeElement?.closest(".account");
    this.items.replaceChildren(...this.rows.map((row) => row.root));
    if (held) this.rows.find((row) => row.account.id === held.dataset.id)?.root.querySelector(".round").focus();
    this.search.hidden = accounts.length < SEARCH_FROM;
    if (this.search.hidden) this.search.value = "";
    this.#filter();
  }

  /** Brings every code up to date. */
  tick() {
    // What can't be shown of one account keeps none of the others away.
    return Promise.allSettled(this.rows.map((row) => row.tick()));
  }

  #filter() {
    const wanted = this.search.value.trim().toLocaleLowerCase();
    for (const row of this.rows) row.root.hidden = !`${row.account.issuer} ${row.account.name}`.toLocaleLowerCase().includes(wanted);
    const found = this.rows.some((row) => !row.root.hidden);
    this.none.textContent = wanted && !found ? t("found-none", { what: this.search.value.trim() }) : "";
  }
}

class Row {
  /** @param {Account} account @param {(account: Account) => void} open */
  constructor(account, open) {
    this.account = account;
    const { issuer, name, device, sealed } = account;
    this.digits = h("span", { class: "digits" });
    this.next = h("span", { class: "next" });
    this.seconds = svg("text", { x: "18", y: "18" });
    this.arc = svg("circle", { cx: "18", cy: "18", r: "15.5", pathLength: "100", class: "arc" });
    this.ring = svg("svg", { viewBox: "0 0 36 36", class: "ring", "aria-hidden": "true" },
      svg("circle", { cx: "18", cy: "18", r: "15.5" }), this.arc, this.seconds);
    const names = h("span", { class: "names" },
      h("span", { class: "issuer" }, issuer || name), issuer && name ? h("span", { class: "name" }, name) : null);
    const trouble = device?.trouble;
    this.root = h("li", { class: "account", "data-id": account.id },
      h("div", { class: "top" },
        h("span", { class: "initial", "aria-hidden": "true" }, [...(issuer || name || "?")][0].toLocaleUpperCase()),
        names,
        h("button", { type: "button", class: "round", "aria-label": t("options-of", { what: title(account) }), onclick: () => open(account) }, icon("more"))),
      sealed && trouble !== "removed" ? h("button", { type: "button", class: "code", onclick: () => this.#copy() },
        h("span", { class: "hidden" }, t("copy-of", { what: title(account) })), this.digits, this.next, this.ring) : null,
      trouble ? h("p", { class: "trouble" }, icon("warning"), h("span", {}, t(`device-${trouble}`, { issuer }))) : null,
      device && !trouble && !sealed ? h("p", { class: "soft" }, t("approves")) : null);
  }

  /** The time: its service's, where it is known, so that a wrong clock makes no wrong codes. */
  get now() {
    return this.account.device ? serverNow(this.account.device.base) : Date.now();
  }

  async tick() {
    if (!this.account.sealed) return;
    const now = this.now;
    const step = stepAt(this.account, now);
    if (step !== this.step) {
      this.step = step;
      this.key ??= await codeKey(this.account);
      const [current, next] = await Promise.all([code(this.key, this.account, step), code(this.key, this.account, step + 1)]);
      this.digits.textContent = grouped(current);
      this.following = grouped(next);
    }
    const left = secondsLeft(this.account, now);
    this.seconds.textContent = String(left);
    this.arc.style.strokeDashoffset = String(100 - 100 * left / this.account.period);
    this.root.classList.toggle("hurry", left <= HURRY_SECONDS);
    this.next.textContent = left <= Math.min(NEXT_SECONDS, this.account.period / 2) ? t("next", { code: this.following }) : "";
  }

  async #copy() {
    const digits = this.digits.textContent.replaceAll(" ", "");
    // A code that is about to end would be refused by the time it is pasted.
    const code = secondsLeft(this.account, this.now) <= 2 ? this.following.replaceAll(" ", "") : digits;
    try {
      await navigator.clipboard.writeText(code);
      toast(t("copied"));
    } catch {
      toast(t("not-copied"));
    }
  }
}

/** @param {Account} account */
export const title = ({ issuer, name }) => [issuer, name].filter(Boolean).join(", ");
