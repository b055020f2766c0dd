// What every page stands on: its configuration, its words, elements, and one screen at a time.

/** What the company set: PageDocument.cs. */
export const config = JSON.parse(document.querySelector('meta[name="mfa"]').content);

let words = await load(document.documentElement.lang);
/** @type {() => void} */
let again = () => {};

/** @param {string} language a tag of `config.languages` */
async function load(language) {
  return (await import(`./words.${language}.js`)).default;
}

export const language = () => document.documentElement.lang;
export const has = (key) => Object.hasOwn(words, key);

// Written from right to left.
const TURNED = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** What somebody else named, for the midst of a sentence: it doesn't turn the words around it (Unicode's isolates). */
export const isolate = (value) => (document.documentElement.dir === "rtl" || TURNED.test(value) ? `\u2068${value}\u2069` : `${value}`);

/**
 * A text of the language.
 * @param {string} key
 * @param {Record<string, any>} [facts] what stands where the text says `{name}`
 */
export function t(key, facts = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => isolate(facts[name] ?? ""));
}

/** Goes on in another language, where there is it. @param {string | undefined} culture such as `nl-BE` */
export async function speak(culture) {
  const wanted = [culture, culture?.split("-")[0]].find((tag) => tag && Object.hasOwn(config.languages, tag));
  if (!wanted || wanted === language()) return;
  words = await load(wanted);
  document.documentElement.lang = wanted;
  document.documentElement.dir = config.languages[wanted].direction;
  footer();
  again();
}

/** Something the user hears of: `code` is that of a problem (RFC 9457), or a key of the words. */
export class Fault extends Error {
  /** @param {Record<string, any>} [facts] the problem's members @param {number} [status] where a service answered */
  constructor(code, facts = {}, status = 0) {
    super(facts.detail ?? code);
    Object.assign(this, { code, facts, status });
  }
}

/** The user turned back. */
export class Cancelled extends Error {}

/** @param {unknown} fault @returns {string} in the user's words: the page's own, else the service's */
export function saying(fault) {
  if (!(fault instanceof Fault)) console.error(fault);
  const { code, facts } = fault instanceof Fault ? fault : { code: "broken", facts: {} };
  const own = `fault-${code}`;
  return has(own) ? t(own, { seconds: 30, ...facts, ...(facts.after && { seconds: facts.after }) }) : facts.detail ?? t("fault-other", { code });
}

/**
 * Makes an element. Text is only ever text: nothing here reads HTML.
 * @param {Record<string, any>} [props] attributes; `on…` listens; `value` and `checked` are set as properties
 * @param {...any} children nodes and texts; what is empty is left out
 */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const PATHS = {
  app: "M8 3h8a1.5 1.5 0 011.5 1.5v15A1.5 1.5 0 0116 21H8a1.5 1.5 0 01-1.5-1.5v-15A1.5 1.5 0 018 3zM9.5 11.5l2 2 3.5-4",
  call: "M6.5 4h3l1.5 4-2 1.5a11 11 0 005.5 5.5l1.5-2 4 1.5v3A1.5 1.5 0 0118.5 19C11 19 5 13 5 5.5A1.5 1.5 0 016.5 4z",
  check: "M5 12.5l4.5 4.5L19 7.5",
  code: "M4 7h16v10H4zM7.5 12h.01M12 12h.01M16.5 12h.01",
  history: "M4 12a8 8 0 108-8 8 8 0 00-6.5 3.5M4.5 4v4h4M12 8v4.5l3 2",
  key: "M4 15.5a4 4 0 108 0 4 4 0 10-8 0M11 12.5L20 3.5M16 7.5l3 3",
  laptop: "M5 5h14v10H5zM3 19h18",
  notification: "M6 16V11a6 6 0 0112 0v5l1.5 2h-15zM10 21h4",
  office: "M5 21V4h9v17M14 9h5v12M8 8h3M8 12h3M8 16h3M3 21h18",
  shield: "M12 3l7.5 3v5.5c0 4.5-3 8-7.5 9.5-4.5-1.5-7.5-5-7.5-9.5V6z",
  text: "M4 5h16v11H10l-4 4v-4H4zM8 9h8M8 12h5",
  warning: "M12 4.5l9 15.5H3zM12 10v4.5M12 17h.01",
};

/** @param {keyof typeof PATHS} name @returns {SVGElement} for the eye only: words beside it say what it means */
export function icon(name) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [key, value] of [["viewBox", "0 0 24 24"], ["class", "icon"], ["aria-hidden", "true"]]) node.setAttribute(key, value);
  node.append(document.createElementNS("http://www.w3.org/2000/svg", "path"));
  node.firstChild.setAttribute("d", PATHS[name]);
  return node;
}

/** What somebody else named, by itself: as it is written, in the direction that it has. */
export const named = (value) => h("bdi", {}, value);

/** @param {string} kind `primary`, `quiet`, `link`; `primary bad` takes away @param {(e: Event) => void} [onclick] none: it submits its form */
export const button = (kind, text, onclick, props = {}) => h("button", { type: onclick ? "button" : "submit", class: kind, onclick, ...props }, text);

let fields = 0;

/** A labelled input. @param {Record<string, any>} props of the input @param {string} [hint] */
export function field(label, props, hint) {
  const id = `field-${++fields}`;
  const input = h(props.options ? "select" : "input", { id, autocomplete: "off", spellcheck: "false", "aria-describedby": hint && `${id}-hint`, ...props, options: null },
    (props.options ?? []).map((o) => h("option", { value: o.value, selected: o.value === props.value }, o.text)));
  return { row: h("div", { class: "field" }, h("label", { for: id }, label), input, hint && h("p", { id: `${id}-hint`, class: "soft" }, hint)), input };
}

/** A place for what went wrong, read out when it is filled. */
export const alertLine = () => h("p", { class: "alert", role: "alert" });

/** A form whose button does something that may be refused: what is wrong is said in it. @param {string} [kind] of its button */
export function form(body, submit, label, act, kind = "primary") {
  const wrong = alertLine();
  const press = button(kind, label);
  return h("form", {
    novalidate: true,
    async onsubmit(event) {
      event.preventDefault();
      if (press.getAttribute("aria-disabled")) return;
      wrong.textContent = "";
      press.setAttribute("aria-disabled", "true");
      try {
        await act();
      } catch (fault) {
        if (!(fault instanceof Cancelled)) wrong.textContent = saying(fault);
      } finally {
        press.removeAttribute("aria-disabled");
      }
    },
  }, body, wrong, h("div", { class: "buttons" }, press, submit));
}

/** @param {[string, string, string][]} options value, text, what it means */
export function radios(name, options, value = options[0][0]) {
  return h("fieldset", { class: "radios" }, h("legend", {}, t(`legend-${name}`)), options.map(([of, text, means]) =>
    h("label", {}, h("input", { type: "radio", name, value: of, checked: of === value }), h("span", {}, h("strong", {}, text), h("span", { class: "soft" }, means)))));
}

export const chosen = (choice) => choice.querySelector(":checked").value;

const live = () => document.getElementById("live");

/** Tells a screen reader what changed. @param {string} text */
export function announce(text) {
  live().textContent = text;
}

/**
 * Shows a screen. It is made again when the language changes.
 * @param {() => {title: string, step?: string, wide?: boolean, body: any[]}} make `wide`: it has cards of its own
 */
export function screen(make) {
  again = () => {
    const { title, step, wide, body } = make();
    const heading = h("h1", { tabindex: "-1" }, title);
    document.title = `${title} – ${config.company}`;
    document.getElementById("main").replaceChildren(h("section", { class: wide ? "cards" : "card" }, step && h("p", { class: "step" }, step), heading, body));
    announce("");
    // Where typing is all there is to do, the cursor is there; else the title is read first.
    (document.querySelector("main [data-focus]") ?? heading).focus({ preventScroll: true });
    scrollTo(0, 0);
  };
  again();
}

/** Keeps the screen that is shown. @returns {() => void} puts it back as it was left: what was typed, and what had the focus */
export function keep() {
  const main = document.getElementById("main");
  const kept = { again, nodes: [...main.childNodes], title: document.title, spoken: language(), focus: document.activeElement, top: scrollY };
  return () => {
    again = kept.again;
    if (kept.spoken !== language()) return again();
    if (main.firstChild === kept.nodes[0]) return undefined;
    document.title = kept.title;
    main.replaceChildren(...kept.nodes);
    announce("");
    (main.contains(kept.focus) ? kept.focus : main.querySelector("h1")).focus({ preventScroll: true });
    scrollTo(0, kept.top);
    return undefined;
  };
}

let choose = (tag) => speak(tag);

/** @param {(tag: string) => void} chooses called when the user chooses a language */
export function onLanguage(chooses) {
  choose = chooses;
}

/** The languages, and where to ask for help. */
export function footer() {
  const options = Object.entries(config.languages).map(([value, { name }]) => ({ value, text: name }));
  const { row, input } = field(t("language"), { options, value: language(), onchange: () => choose(input.value) });
  document.getElementById("foot").replaceChildren(row, config.support ? h("a", { href: config.support }, t("help")) : "");
}

/** Copies a text, and says so. @param {string} text */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    announce(t("copied"));
    return true;
  } catch {
    announce(t("not-copied"));
    return false;
  }
}

/** @returns {string} a time of today, or a day, as the language writes it */
export function when(time, style = { dateStyle: "medium", timeStyle: "short" }) {
  return new Intl.DateTimeFormat(navigator.languages.find((l) => l.startsWith(language())) ?? language(), style).format(new Date(time));
}

/** Waits. @param {number} ms */
export const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

/** Goes elsewhere, and shows nothing more. @param {string} url */
export function leave(url) {
  location.assign(url);
  return new Promise(() => {});
}

/** The address to send the user back to, where the company named its origin, and nobody put a name before that. @returns {string | undefined} */
export function returnAddress() {
  const given = new URLSearchParams(location.search).get("return");
  if (!given || !URL.canParse(given, location.origin)) return undefined;
  const url = new URL(given, location.origin);
  return /^https?:$/.test(url.protocol) && !url.username && !url.password && [location.origin, ...config.returnOrigins].includes(url.origin) ? url.href : undefined;
}

footer();
// For tools that measure: what is on the page can be used.
performance.mark("usable");
