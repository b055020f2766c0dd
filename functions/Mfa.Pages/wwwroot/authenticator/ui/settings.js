import { permission } from "../push.js";
import * as store from "../store.js";
import { language, languages, t } from "../words.js";
import { button, h, icon, Sheet } from "./dom.js";

/** @param {{accounts: Account[], arrange: () => void, notify: () => Promise<void>, restart: () => void}} app */
export function openSettings({ accounts, arrange, notify, restart }) {
  const sheet = new Sheet();
  const choose = async (event) => {
    await store.setValue("language", event.target.value);
    restart();
  };
  const choice = (value, name) => h("label", { class: "choice", lang: value },
    h("input", { type: "radio", name: "language", value, checked: language() === value, onchange: choose }), name);

  const show = () => sheet.show(t("settings"), {},
    accounts.length > 1 && h("button", { type: "button", class: "option", onclick: () => { sheet.close(); arrange(); } }, icon("grip"), h("span", {}, t("arrange"))),
    h("fieldset", {}, h("legend", {}, t("language")), languages.map(({ tag, name }) => choice(tag, name))),
    h("section", {}, h("h3", {}, t("notifications")), h("p", {}, t(`push-is-${permission()}`)),
      permission() === "ask" && button("quiet", t("push-allow"), async () => { await notify(); show(); })),
    h("section", {}, h("h3", {}, t("safe-title")), h("p", { class: "soft" }, t("safe"))));
  show();
}
