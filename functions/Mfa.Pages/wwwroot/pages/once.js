// What is shown once and never again: recovery codes, and an app password.
import { button, copy, h, screen, t } from "./base.js";

/**
 * Recovery codes, to be printed, copied or kept in a file.
 * @param {string} account whose
 * @param {string[]} list
 * @param {() => void} next
 * @param {number} [step] of set-up
 */
export function showCodes(account, list, next, step) {
  const text = `${t("codes-of", { name: account })}\n\n${list.join("\n")}\n`;
  const file = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  screen(() => ({
    title: t("title-codes-made"), step: step && t("step", { step }),
    body: [h("p", {}, t("codes-once")), h("ol", { class: "codes" }, list.map((code) => h("li", {}, h("code", {}, code)))),
      h("div", { class: "buttons" }, button("quiet", t("copy"), () => copy(text)), h("a", { class: "button quiet", href: file, download: "recovery-codes.txt" }, t("download")), button("quiet", t("print"), () => print())),
      h("div", { class: "buttons" }, button("primary", t("codes-kept"), () => {
        URL.revokeObjectURL(file);
        next();
      }))],
  }));
}

/** @param {{password: string}} made */
export const madePassword = (made) => h("div", { class: "made" },
  h("p", {}, t("password-once")), h("p", { class: "secret" }, h("code", { dir: "ltr" }, made.password)), button("quiet", t("copy"), () => copy(made.password)), h("p", { class: "soft" }, t("password-several")));
