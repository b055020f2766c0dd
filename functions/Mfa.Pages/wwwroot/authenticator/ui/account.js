import { ask, isRemoved } from "../device.js";
import { Fault } from "../fault.js";
import { permission } from "../push.js";
import * as store from "../store.js";
import { t } from "../words.js";
import { alertLine, button, field, h, icon, saying, Sheet, toast } from "./dom.js";
import { title } from "./list.js";

/**
 * An account's own screen: its names, and its removal.
 * @param {{changed: () => void, notify: (account: Account) => Promise<boolean>}} app
 */
export function openAccount(account, { changed, notify }) {
  const sheet = new Sheet();
  const { device } = account;

  const overview = () => {
    const issuer = field(t("service"), { value: account.issuer, maxlength: "60" });
    const name = field(t("account"), { value: account.name, maxlength: "100" });
    const deviceName = device && !device.trouble ? field(t("device-name"), { value: device.name, maxlength: "40", required: true }, t("device-name-hint", { issuer: account.issuer })) : null;
    const alert = alertLine();
    const save = async (event) => {
      event.preventDefault();
      try {
        const called = deviceName?.input.value.trim();
        if (called && called !== device.name) await ask(device, "PATCH", "", { name: called });
        await store.update(account, (a) => {
          Object.assign(a, { issuer: issuer.input.value.trim(), name: name.input.value.trim() });
          if (called) a.device.name = called;
        });
        changed();
        sheet.close();
      } catch (fault) {
        alert.textContent = saying(fault);
      }
    };
    sheet.show(title(account), {},
      device?.trouble && h("p", { class: "trouble" }, icon("warning"), h("span", {}, t(`device-${device.trouble}`, { issuer: account.issuer }))),
      notifications(),
      h("form", { onsubmit: save }, issuer.row, name.row, deviceName?.row, alert, button("primary", t("save"))),
      h("hr"), h("button", { type: "button", class: "quiet bad", onclick: confirm }, t("remove")));
  };

  const notifications = () => {
    if (!device || device.trouble || !device.pushKey) return null;
    if (permission() === "on" && device.pushed) return h("p", { class: "fact" }, icon("bell"), t("push-on"));
    return h("div", { class: "fact" }, icon("bell"), h("span", {}, t(`push-is-${permission() === "on" ? "ask" : permission()}`)),
      permission() === "ask" || permission() === "on" ? button("quiet", t("push-allow"), async () => { await notify(account); overview(); }) : null);
  };

  const confirm = () => {
    const alert = alertLine();
    const remove = async () => {
      let told = true;
      try {
        if (device && device.trouble !== "removed") await ask(device, "DELETE", "");
      } catch (fault) {
        // Whoever has to have a method keeps the last one.
        if (fault instanceof Fault && fault.code === "last-method") return alert.replaceChildren(t("last-method", { issuer: account.issuer }));
        // Off the list already is as good; without a network the service still lists it, and the user hears so.
        told = isRemoved(fault);
      }
      await store.forget(account.id);
      changed();
      sheet.close();
      toast(t(told ? "removed" : "removed-here", { issuer: account.issuer }));
    };
    sheet.show(t("remove-title", { what: title(account) }), { back: overview },
      h("p", {}, t(device ? "remove-own" : "remove-other", { issuer: account.issuer || account.name })), alert,
      h("div", { class: "stack" }, button("primary bad", t("remove"), remove), button("quiet", t("keep"), overview)));
  };

  overview();
}
