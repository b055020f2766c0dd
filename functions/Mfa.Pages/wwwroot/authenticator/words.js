// The texts of the one language that is loaded. {name} stands for a fact. The server makes the files of them, and the list of languages.
import languages from "./languages.js";

/** @type {Record<string, string>} */
let words = {};
/** @type {{tag: string, name: string, direction: "ltr" | "rtl"}} */
let chosen = languages[0];

/** @param {string} [tag] as it was chosen here; none: the browser's, else English */
export async function setLanguage(tag) {
  const liked = (like) => languages.findLast((l) => like === l.tag || like.startsWith(`${l.tag}-`));
  chosen = [tag ?? [], navigator.languages, "en"].flat().map(liked).find(Boolean);
  words = (await import(`./words.${chosen.tag}.js`)).default;
  Object.assign(document.documentElement, { lang: chosen.tag, dir: chosen.direction });
}

export { languages };

/** @returns {string} its tag */
export const language = () => chosen.tag;

/** @returns {string} for dates and times: the user's own region of that language */
export const locale = () => navigator.languages.find((l) => l.startsWith(chosen.tag)) ?? chosen.tag;
export const has = (key) => Object.hasOwn(words, key);

/** @param {Record<string, any>} [facts] */
export function t(key, facts = {}) {
  return words[key].replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");
}
