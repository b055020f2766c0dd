import { Fault } from "../fault.js";
import { has, t } from "../words.js";

/**
 * Makes an element. Text is only ever text: nothing here reads HTML.
 * @param {Record<string, any>} [props] attributes; `on…` listens; `value` and `checked` are set as properties
 * @param {...(Node | string | null | undefined | false | (Node | string | null | undefined | false)[])} children
 */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  add: "M12 5v14M5 12h14",
  back: "M15 5l-7 7 7 7",
  bell: "M6 16V11a6 6 0 0112 0v5l1.5 2h-15zM10 21h4",
  camera: "M4 8V5.5A1.5 1.5 0 015.5 4H8M16 4h2.5A1.5 1.5 0 0120 5.5V8M20 16v2.5a1.5 1.5 0 01-1.5 1.5H16M8 20H5.5A1.5 1.5 0 014 18.5V16M8 8h3v3H8zM13.5 8H16v3h-2.5zM8 13.5h3V16H8zM13.5 13.5H16V16h-2.5z",
  check: "M5 12.5l4.5 4.5L19 7.5",
  close: "M6 6l12 12M18 6L6 18",
  erase: "M9 6h11v12H9l-5.5-6zM12 9.5l5 5M17 9.5l-5 5",
  grip: "M9 6h.01M9 12h.01M9 18h.01M15 6h.01M15 12h.01M15 18h.01",
  key: "M4 15.5a4 4 0 108 0 4 4 0 10-8 0M11 12.5L20 3.5M16 7.5l3 3",
  keyboard: "M3.5 7h17v10h-17zM7 10.5h.01M10.3 10.5h.01M13.6 10.5h.01M17 10.5h.01M8 14h8",
  link: "M10 14a4 4 0 005.7 0l3-3a4 4 0 00-5.7-5.7l-1 1M14 10a4 4 0 00-5.7 0l-3 3A4 4 0 0011 18.7l1-1",
  more: "M12 6h.01M12 12h.01M12 18h.01",
  no: "M6 6l12 12M18 6L6 18",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9h.01",
  settings: "M4 8h9M17 8h3M4 16h3M11 16h9M13 8a2 2 0 104 0 2 2 0 10-4 0M7 16a2 2 0 104 0 2 2 0 10-4 0",
  shield: "M12 3l7.5 3v5.5c0 4.5-3 8-7.5 9.5-4.5-1.5-7.5-5-7.5-9.5V6z",
  warning: "M12 4.5l9 15.5H3zM12 10v4.5M12 17h.01",
};

/** @param {keyof typeof PATHS} name @returns {SVGElement} for the eye only: words beside it say what it means */
export function icon(name) {
  return svg("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }, svg("path", { d: PATHS[name] }));
}

/** @param {string} tag @param {Record<string, string>} props @param {...Node} children */
export function svg(tag, props, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** @param {string} kind `primary`, `quiet`, `bad` @param {string} text @param {(e: Event) => void} [onclick] none: it submits its form */
export const button = (kind, text, onclick) => h("button", { type: onclick ? "button" : "submit", class: kind, onclick }, text);

let fields = 0;

/**
 * A labelled input.
 * @param {Record<string, any>} props of the input
 * @param {string} [hint]
 * @returns {{row: HTMLElement, input: HTMLInputElement}}
 */
export function field(label, props, hint) {
  const id = `field-${++fields}`;
  const input = h("input", { id, autocomplete: "off", spellcheck: "false", maxlength: "200", "aria-describedby": hint && `${id}-hint`, ...props });
  return { row: h("div", { class: "field" }, h("label", { for: id }, label), input, hint && h("p", { id: `${id}-hint`, class: "soft" }, hint)), input };
}

// A screen that jumps up under a finger must not take what the finger was doing for an answer.
const CALM_MS = 700;

/** Lets nothing in a fieldset be pressed until the user can have seen it. @param {HTMLFieldSetElement} answers */
export function calm(answers) {
  answers.disabled = true;
  setTimeout(() => { answers.disabled = false; }, CALM_MS);
}

/** A place for what went wrong, read out when it is filled. */
export const alertLine = () => h("p", { class: "alert", role: "alert" });

/** @param {unknown} fault @returns {string} in the user's words */
export function saying(fault) {
  if (!(fault instanceof Fault)) console.error(fault);
  const code = fault instanceof Fault ? fault.code : "broken";
  return has(code) ? t(code, fault.facts) : t("refused", { code });
}

/** Says something shortly that takes no answer. @param {string} text */
export function toast(text) {
  const line = document.getElementById("toast");
  line.textContent = text;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { line.textContent = ""; }, 4000);
}

/** A screen over the list: the whole of a phone's, a card on a desktop. The browser keeps the focus in it. */
export class Sheet {
  /** @param {{onclose?: () => void, kind?: string}} [options] */
  constructor({ onclose, kind = "" } = {}) {
    this.title = h("h2", { tabindex: "-1", id: `sheet-${++fields}` });
    this.left = h("div");
    this.main = h("div", { class: "content" });
    this.dialog = h("dialog", { class: `sheet ${kind}`, "aria-labelledby": this.title.id },
      h("header", {}, this.left, this.title), this.main);
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.leave?.();
    });
    this.onclose = onclose;
  }

  /**
   * Shows a page of it.
   * @param {{back?: () => void}} how `back`: to the page before; else it can be closed
   */
  show(title, { back }, ...content) {
    this.leave = back ?? (() => this.close());
    this.title.textContent = title;
    this.left.replaceChildren(h("button", { type: "button", class: "round", "aria-label": t(back ? "back" : "close"), onclick: () => this.leave() }, icon(back ? "back" : "close")));
    this.main.replaceChildren(...content.flat().filter(Boolean));
    if (!this.dialog.isConnected) document.body.append(this.dialog);
    if (!this.dialog.open) this.dialog.showModal();
    this.main.scrollTop = 0;
    // Where typing is all there is to do, the cursor is there; else the title is read first.
    (this.main.querySelector("[autofocus]") ?? this.title).focus();
  }

  close() {
    if (!this.dialog.isConnected) return;
    this.dialog.close();
    this.dialog.remove();
    this.onclose?.();
  }
}
