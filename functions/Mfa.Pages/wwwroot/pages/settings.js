// Settings: the methods of an account and what goes with them, a card each.
import { broken, endSession, firstStep, remember, send } from "./api.js";
import { activityCard } from "./activity.js";
import { button, Cancelled, chosen, h, has, leave, onLanguage, radios, returnAddress, saying, screen, speak, t, when } from "./base.js";
import { browsersCard, codesCard, gone, passwordsCard } from "./kept.js";
import { Enroll, nameOf, withSecondStep } from "./methods.js";
import { act, ask, row, Section } from "./section.js";

/** The account, once it is known. */
let me;

const methods = new Section({ title: "settings-methods", load: loadMe, draw: drawMethods, changed: () => activity.load() });
const activity = activityCard(() => methods.load());
const changed = () => activity.load();
const codes = codesCard(() => me, changed);
const passwords = passwordsCard(changed);
const browsers = browsersCard(changed);
// Whether there may be any is known with the account.
passwords.element.hidden = true;
const who = h("p", { class: "who" });
const out = h("p", {});

const enroll = new Enroll({ me: () => me, go, finished, back: () => go("") });
const ROUTES = { choose: () => enroll.choose(), app, phone, office: () => enroll.office(), e: (id) => enroll.open(id) };

const place = () => location.hash.slice(1).split("/");

/** The method that a new one takes the place of, which the address keeps over a reload. */
function replaced() {
  const [name, first, second] = place();
  return name === "e" ? second : ["app", "phone"].includes(name) ? first : undefined;
}

/** @param {string} route @param {boolean} [swap] in the place of this screen in the history */
function go(route, swap) {
  const old = replaced();
  const to = !old ? route : route === "choose" ? "" : route && `${route}/${old}`;
  history[swap ? "replaceState" : "pushState"](null, "", `${location.pathname}${location.search}${to ? `#${to}` : ""}`);
  return show();
}

async function show() {
  enroll.leave();
  const [name, id] = place();
  try {
    if (name && !me) await loadMe();
    await (Object.hasOwn(ROUTES, name) ? ROUTES[name] : home)(id);
  } catch (fault) {
    broken(fault, toList);
  }
}

const toList = () => location.hash && button("quiet", t("back"), () => go("", true));

async function loadMe() {
  const account = await send("GET", "/me");
  const first = !me;
  me = account;
  if (first) await speak(me.culture);
  // Without a method there is nothing that these could stand in for.
  for (const [section, is] of [[codes, true], [browsers, true], [passwords, me.appPasswordsAllowed]]) {
    section.element.hidden = me.methods.length === 0 || !is;
    if (!section.element.hidden) section.start();
  }
  who.textContent = t("signed-in-as", { name: me.account });
  return me;
}

function home() {
  Section.forget();
  screen(() => {
    for (const section of [methods, codes, passwords, browsers, activity]) section.draw();
    who.textContent = me ? t("signed-in-as", { name: me.account }) : "\u00a0";
    const url = returnAddress();
    if (out.href) out.replaceChildren(h("a", { href: out.href }, t("settings-sign-out")));
    return {
      title: t("title-settings"), wide: true,
      body: [h("div", { class: "top" }, who, out), url && h("p", {}, h("a", { href: url }, t("go-back"))),
        h("div", { class: "columns" }, h("div", {}, methods.element, codes.element, passwords.element, browsers.element), h("div", {}, activity.element))],
    };
  });
  for (const section of [methods, codes, browsers, activity]) section.start();
}

function drawMethods() {
  if (me.methods.length === 0) return [h("p", {}, t(me.required ? "required" : "not-required")), h("div", { class: "buttons" }, button("primary", t("set-it-up"), () => leave(`/${location.search}`)))];
  return [
    me.message && h("p", { class: "alert" }, t("end-blocked")),
    h("ul", { class: "methods" }, me.methods.map(methodRow)),
    me.recommended.map((kind) => has(`settings-recommend-${kind}`) && h("p", { class: "soft" }, t(`settings-recommend-${kind}`))),
    h("div", { class: "buttons" }, button("quiet", t("add-another"), () => go("choose"))),
  ];
}

const isFirst = (m) => me.preferred?.methodId === m.id;

function methodRow(m) {
  const name = nameOf(m);
  const hows = m.hows.map((how) => t(`settings-how-${how}`)).join(", ");
  const item = row(m.method === "mobileApp" ? "app" : m.method === "officePhone" ? "office" : m.how, name, [
    `${t(`method-${m.method}`)}: ${hows}`,
    [m.device?.platform, t("settings-added", { date: when(m.verifiedAt, { dateStyle: "medium" }) })].filter(Boolean).join(" · "),
    m.method === "officePhone" && t("settings-office"),
  ], [
    (!isFirst(m) || m.hows.length > 1) && act(isFirst(m) ? "settings-prefer-how" : "settings-prefer", name, (event) => prefer(event.currentTarget, m, name)),
    m.method !== "officePhone" && act("settings-replace", name, () => go(`${m.method === "mobileApp" ? "app" : "phone"}/${m.id}`), false),
    act("settings-remove", name, (event) => remove(event.currentTarget, m, name)),
  ]);
  const state = [m.off ? t("settings-off") : m.lockedUntil && t("settings-locked", { time: when(m.lockedUntil, { timeStyle: "short" }) }), m.device?.locked && t("settings-device-locked")].filter(Boolean);
  const words = item.querySelector("span");
  if (isFirst(m)) words.firstChild.after(h("span", { class: "badge" }, t("settings-first", { how: t(`settings-how-${me.preferred.how}`) })));
  words.append(...state.map((says) => h("span", { class: "warns" }, says)));
  return item;
}

function prefer(opener, m, name) {
  const ways = m.hows.length > 1 && radios("way", m.hows.map((how) => [how, t(`settings-how-${how}`), ""]), isFirst(m) ? me.preferred.how : m.how);
  ask(opener, {
    says: t("settings-prefer-means", { name }), more: ways, label: t("settings-prefer"), kind: "primary",
    act: async () => {
      const how = ways ? chosen(ways) : m.hows[0];
      me = await withSecondStep(() => send("PATCH", "/me", { preferred: { methodId: m.id, how } }));
      await methods.changed(t("settings-preferred", { name }), me);
    },
  });
}

function remove(opener, m, name) {
  const [next] = me.methods.filter((other) => other.id !== m.id);
  if (!next && me.required) {
    ask(opener, { says: t("settings-last"), label: t("add-another"), kind: "primary", act: () => go("choose") });
    return;
  }
  const says = [t(next ? "settings-remove-means" : "settings-remove-last", { name }), next && isFirst(m) && t("settings-remove-first", { name: nameOf(next) }), m.device && t("settings-remove-device")];
  ask(opener, {
    says: says.filter(Boolean).join(" "), label: t("settings-remove"),
    act: async () => {
      await gone(`/me/methods/${m.id}`);
      await methods.changed(t("settings-removed", { name }));
    },
  });
}

const old = (id) => me.methods.find((m) => m.id === id);

function app(id) {
  return enroll.app(old(id) && { why: "settings-replace-why", name: nameOf(old(id)) });
}

function phone(id) {
  return enroll.phone(old(id) && { title: "settings-replace-phone", why: "settings-replace-why", name: nameOf(old(id)) });
}

/** A method is set up. Where it takes the place of another, that goes now: the service keeps both, unless the old one was off. */
async function finished(view) {
  remember(view.assertion);
  const id = replaced();
  await loadMe();
  const [made, was] = [old(view.methodId), id !== view.methodId && old(id)];
  let says = t(id ? "settings-replaced" : "settings-added-now", { name: nameOf(made ?? view) });
  if (was) {
    try {
      if (made && isFirst(was)) await withSecondStep(() => send("PATCH", "/me", { preferred: { methodId: made.id, how: made.how } }));
      await gone(`/me/methods/${was.id}`);
    } catch (fault) {
      says = t("settings-replaced-half", { name: nameOf(made ?? view), old: nameOf(was), why: fault instanceof Cancelled ? "" : saying(fault) });
    }
    await loadMe();
  }
  await go("", true);
  await methods.changed(says, me);
}

onLanguage(async (tag) => {
  await speak(tag);
  if (!me) return;
  await send("PATCH", "/me", { culture: tag }).catch(() => {});
  activity.load();
});
addEventListener("popstate", show);
try {
  await firstStep();
  await show();
  out.href = endSession();
  if (out.href) out.replaceChildren(h("a", { href: out.href }, t("settings-sign-out")));
} catch (fault) {
  broken(fault, toList);
}
