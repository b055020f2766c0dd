// What an account keeps besides its methods: recovery codes, app passwords, remembered browsers.
import { create, send } from "./api.js";
import { button, field, form, h, keep, t, when } from "./base.js";
import { withSecondStep } from "./methods.js";
import { madePassword, showCodes } from "./once.js";
import { act, ask, row, Section } from "./section.js";

const day = (time, more) => when(time, { dateStyle: "medium", ...more });
const facts = (...list) => list.join(" · ");

/** Takes something away; what is gone already is. */
export const gone = (path) => withSecondStep(() => send("DELETE", path).catch((fault) => {
  if (fault.status !== 404) throw fault;
}));

/** @param {() => any} account @param {() => void} changed */
export function codesCard(account, changed) {
  const section = new Section({ title: "title-codes", load: () => send("GET", "/me/recovery-codes"), draw, changed });

  function draw({ left, createdAt }) {
    const says = left > 0 ? t("settings-codes-left", { left, date: day(createdAt) }) : t(createdAt ? "settings-codes-used" : "settings-codes-none");
    return [h("p", !left && createdAt ? { class: "warns" } : {}, says), h("p", { class: "soft" }, t("settings-codes-why")),
      left > 0 ? h("div", { class: "asks" }, h("div", { class: "buttons" }, button("quiet", t("settings-codes-make"), (event) => ask(event.currentTarget, { says: t("settings-codes-older"), label: t("codes-make"), kind: "primary", act: make }), { "aria-expanded": "false" })))
        : form([], null, t("codes-make"), make, "quiet")];
  }

  async function make() {
    const { codes } = await withSecondStep(() => create("/me/recovery-codes", {}));
    const back = keep();
    showCodes(account().account, codes, () => {
      back();
      section.changed(t("settings-codes-made"));
    });
  }

  return section;
}

/** @param {() => void} changed */
export function passwordsCard(changed) {
  const section = new Section({ title: "settings-passwords", load: () => send("GET", "/me/app-passwords"), draw, changed });
  let made;

  function draw({ items }) {
    const name = field(t("password-name"), { maxlength: "30", placeholder: t("password-name-example") });
    return [h("p", { class: "soft" }, t("passwords-why")), made && h("div", { class: "shown", tabindex: "-1" }, madePassword(made)),
      items.length > 0 ? h("ul", { class: "methods" }, items.map((item) => {
        const what = item.name ?? t("settings-password-nameless");
        return row("key", what, [facts(t("settings-made", { date: day(item.createdAt) }), item.lastUsedAt ? t("settings-last-used", { date: day(item.lastUsedAt, { timeZone: "UTC" }) }) : t("settings-never-used"))],
          act("settings-revoke", what, (event) => ask(event.currentTarget, { says: t("settings-revoke-means", { name: what }), label: t("settings-revoke"), act: () => revoke(`/${item.id}`, t("settings-revoked", { name: what })) })));
      })) : h("p", { class: "soft" }, t("settings-passwords-none")),
      form([name.row], null, t(made ? "password-another" : "password-make"), () => make(name.input.value.trim()), "quiet"),
      items.length > 1 && h("div", { class: "asks" }, button("link", t("settings-revoke-all"), (event) => ask(event.currentTarget, { says: t("settings-revoke-all-means"), label: t("settings-revoke-all"), act: () => revoke("", t("settings-revoked-all")) }), { "aria-expanded": "false" }))];
  }

  async function make(name) {
    try {
      made = await withSecondStep(() => send("POST", "/me/app-passwords", { name: name || undefined }));
    } catch (fault) {
      // Where the answer was lost, the list has what was made, to be revoked.
      if (fault.status === 0 || fault.status >= 500) section.load();
      throw fault;
    }
    await section.changed(t("settings-password-made"));
    section.element.querySelector(".shown")?.focus();
  }

  async function revoke(which, says) {
    await gone(`/me/app-passwords${which}`);
    made = undefined;
    await section.changed(says);
  }

  return section;
}

/** @param {() => void} changed */
export function browsersCard(changed) {
  const section = new Section({ title: "settings-browsers", load: () => send("GET", "/me/remembered-browsers"), draw, changed });

  function draw({ items }) {
    if (items.length === 0) return h("p", { class: "soft" }, t("settings-browsers-none"));
    return [h("p", { class: "soft" }, t("settings-browsers-why")), h("ul", { class: "methods" }, items.map((item) => {
      const what = item.application ?? t("settings-browser-of-none");
      return row("laptop", what, [facts(t("settings-since", { date: day(item.createdAt) }), item.usedAt ? t("settings-last-used", { date: when(item.usedAt) }) : t("settings-never-used"), t("settings-until", { date: day(item.expiresAt) }))],
        act("settings-forget", what, (event) => ask(event.currentTarget, { says: t("settings-forget-means"), label: t("settings-forget"), act: () => forget(item, what) })));
    }))];
  }

  async function forget(item, name) {
    await gone(`/me/remembered-browsers/${item.id}`);
    await section.changed(t("settings-forgotten", { name }));
  }

  return section;
}
