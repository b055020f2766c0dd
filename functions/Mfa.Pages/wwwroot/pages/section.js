// A card of the settings. Each loads by itself, so that one that is slow or fails takes no other away; and a change is asked about in place.
import { announce, button, form, h, icon, named, saying, t } from "./base.js";

export class Section {
  // What was said of an older change is no news any more.
  static #latest;

  #of;
  #loads = 0;
  #fault;
  #note;
  #started = false;
  // It stays where it is: what has the focus would lose it.
  #heading = h("h2", { tabindex: "-1" });
  #body = h("div", { class: "rows" });

  /** What was loaded; undefined until then. */
  data;
  element;

  /**
   * @param {object} of
   * @param {string} of.title the key of its heading
   * @param {() => Promise<any>} of.load
   * @param {(data: any) => any} of.draw what it shows
   * @param {() => void} [of.changed] hears that something was changed here
   */
  constructor(of) {
    this.#of = of;
    this.#heading.id = of.title;
    this.element = h("section", { class: "card", "aria-labelledby": of.title }, this.#heading, this.#body);
  }

  /** Shows what there is, in the language of now. */
  draw() {
    const { title, draw } = this.#of;
    this.#heading.textContent = t(title);
    const waits = this.data === undefined && h("p", { class: "waiting" }, h("span", { class: "spinner", "aria-hidden": "true" }), t("one-moment"));
    this.element.setAttribute("aria-busy", String(Boolean(waits && !this.#fault)));
    const again = () => button("quiet", t("try-again"), () => this.#again(), { "aria-label": t("settings-of", { act: t("try-again"), what: t(title) }) });
    const shown = this.#fault ? [h("p", { class: "alert", role: "alert" }, saying(this.#fault)), h("div", { class: "buttons" }, again())] : waits || draw(this.data);
    const held = this.#body.contains(document.activeElement);
    this.#body.replaceChildren(...h("div", {}, this.#note && h("p", { class: "found" }, icon("check"), h("span", {}, this.#note)), shown).childNodes);
    // Whoever was in it stays at it.
    if (held) this.#heading.focus({ preventScroll: true });
  }

  /** Loads it, where that has not begun. */
  start() {
    if (!this.#started) this.load();
  }

  /**
   * Loads it, again too. The newest answer is shown, and never an older one that came later.
   * @param {boolean} [now] even where something is asked here, which is under somebody's finger
   */
  async load(now = false) {
    this.#started = true;
    const load = ++this.#loads;
    let [data, fault] = [];
    try {
      data = await this.#of.load();
    } catch (wrong) {
      fault = wrong;
    }
    if (load !== this.#loads) return;
    this.#fault = fault;
    if (!fault) this.data = data;
    if (!now && this.element.querySelector(".question")) later = () => this.draw();
    else this.draw();
  }

  /**
   * After a change: says what was done, and shows what came of it.
   * @param {string} says
   * @param {any} [data] where it is known; else it is loaded
   */
  async changed(says, data) {
    Section.forget();
    Section.#latest = this;
    this.#note = says;
    if (data === undefined) {
      await this.load(true);
    } else {
      this.data = data;
      this.draw();
    }
    this.#heading.focus();
    announce(says);
    this.#of.changed?.();
  }

  /** Says no more of the latest change. */
  static forget() {
    const latest = Section.#latest;
    Section.#latest = undefined;
    if (!latest) return;
    latest.#note = undefined;
    latest.draw();
  }

  async #again() {
    [this.#fault, this.data] = [];
    this.draw();
    this.#heading.focus();
    await this.load();
  }
}

let close = () => {};
/** What came while something was asked, and is shown once that is over. */
let later = () => {};

/**
 * Asks in place, below what was pressed, and does it.
 * @param {Element} opener
 * @param {object} of
 * @param {string} of.says what it means
 * @param {any} [of.more] what is chosen
 * @param {string} of.label of the button that does it
 * @param {string} [of.kind] of that button
 * @param {() => any} of.act
 */
export function ask(opener, { says, more, label, kind = "primary bad", act }) {
  const isOpen = opener.getAttribute("aria-expanded") === "true";
  close();
  if (isOpen || !opener.isConnected) return;
  const heading = opener.closest("section").querySelector("h2");
  const text = h("p", { tabindex: "-1" }, says);
  const back = () => {
    close();
    (opener.isConnected ? opener : heading).focus();
  };
  const question = form([text, more], button("quiet", t("cancel"), back), label, act, kind);
  question.classList.add("question");
  question.addEventListener("keydown", (event) => event.key === "Escape" && back());
  close = () => {
    question.remove();
    opener.setAttribute("aria-expanded", "false");
    close = () => {};
    later();
    later = () => {};
  };
  opener.setAttribute("aria-expanded", "true");
  opener.closest("li, .asks").append(question);
  text.focus();
}

/** A row of a list: what it is, what there is to know, and what can be done. */
export const row = (kind, name, lines, acts) => h("li", {}, icon(kind),
  h("span", {}, h("strong", {}, named(name)), lines.map((line) => line && h("span", { class: "soft" }, line))), h("div", { class: "acts" }, acts));

/** A button of a row, that says of what to who can't see where it stands. @param {boolean} [asks] whether it asks in place */
export const act = (key, what, onclick, asks = true) => button("link", t(key), onclick, { "aria-label": t("settings-of", { act: t(key), what }), "aria-expanded": asks && "false" });
