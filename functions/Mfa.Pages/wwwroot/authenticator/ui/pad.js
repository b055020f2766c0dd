import { t } from "../words.js";
import { h, icon } from "./dom.js";

/**
 * A field for digits with a pad under it. A keyboard writes into the same field; a phone's own keyboard stays away.
 * @param {{label: string, length: number, most?: number, secret?: boolean, changed: (digits: string) => void}} options `most`: longer ones are taken too
 * @returns {{root: HTMLElement, input: HTMLInputElement}}
 */
export function pad({ label, length, most = length, secret = false, changed }) {
  const input = h("input", {
    id: "pad", class: "pad-field", inputmode: "none", maxlength: String(most), spellcheck: "false",
    // A browser would offer to keep a PIN as if it were a password for this page.
    autocomplete: secret ? "one-time-code" : "off", type: secret ? "password" : "text",
    placeholder: "–".repeat(length), oninput: () => set(input.value),
  });
  const set = (text) => {
    input.value = text.replace(/\D/g, "").slice(0, most);
    changed(input.value);
  };
  const key = (digit) => h("button", { type: "button", class: "key", onclick: () => set(input.value + digit) }, digit);
  const erase = h("button", { type: "button", class: "key plain", "aria-label": t("erase"), onclick: () => set(input.value.slice(0, -1)) }, icon("erase"));
  const keys = h("div", { class: "keys", role: "group", "aria-label": t("pad") }, [..."123456789"].map(key), h("span"), key("0"), erase);
  return { root: h("div", { class: "pad" }, h("label", { for: "pad" }, label), input, keys), input };
}
