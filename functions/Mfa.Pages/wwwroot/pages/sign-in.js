// Sign-in: the second step of a program that has no page of its own. Its link brings the user here, and the way back is in what the service answers.
import { follow, newKey, request } from "./api.js";
import { button, config, Fault, h, leave, named, onLanguage, saying, screen, speak, t } from "./base.js";
import { endOf, isOver, Proof, toOf, waysOf } from "./proof.js";

const id = location.pathname.split("/").pop();
const path = `/api/v1/sign-ins/${id}`;
const KEEPS = "mfa-sign-in ";
const KEPT = KEEPS + id;
const HOUR = 3_600_000;
/** Whether the browser is to be remembered, as the service knows; undefined where it can't be. @type {boolean | undefined} */
let remember;
/** What is being told of it, one after the other: what is proved meanwhile waits for that, for a while. */
let telling = Promise.resolve();
let untold = 0;
/** The box of it. @type {HTMLInputElement | undefined} */
let box;
let proof;
let left = false;

/**
 * The link's secret, taken out of the address and out of the history with it, and what this browser drew when it opened it: the first one has
 * the sign-in for itself. Both are kept as long as it goes on, for a reload and for another tab.
 */
function ticket() {
  const kept = read(KEPT);
  const given = location.hash.slice(1) || kept?.ticket;
  history.replaceState(null, "", location.pathname);
  if (!given) throw new Fault("sign-in-link");
  const shown = { ticket: given, window: kept?.window ?? crypto.randomUUID().replaceAll("-", ""), since: Date.now() };
  localStorage.setItem(KEPT, JSON.stringify(shown));
  return { shown: `${shown.ticket}.${shown.window}`, kept };
}

const read = (key) => JSON.parse(localStorage.getItem(key) ?? "null");

/** What was left and never ended is not kept either: a sign-in is over long before. */
function sweep() {
  const old = Object.keys(localStorage).filter((key) => key.startsWith(KEEPS) && !(Date.now() - read(key).since < HOUR));
  old.forEach((key) => localStorage.removeItem(key));
}

async function start() {
  sweep();
  const { shown, kept } = ticket();
  const headers = { authorization: `MfaSignIn ${shown}` };
  const get = (at, signal) => request("GET", at, undefined, { headers, signal });
  const post = async (at, body, key) => {
    await Promise.race([telling, new Promise((on) => { setTimeout(on, 3000); })]);
    return request("POST", at, body, { headers, key });
  };
  const view = await get(path).catch((fault) => {
    // A link that opens nothing takes nothing away: the right one's window goes on.
    if (kept && [401, 404].includes(fault.status)) localStorage.setItem(KEPT, JSON.stringify(kept));
    throw fault;
  });
  if (view.culture) await speak(view.culture);
  if (isOver(view)) return ended(view);
  knows(view);
  const tell = (yes) => {
    untold++;
    // A key lets it be told again: it says how it shall be, however often.
    const told = telling.then(() => request("PATCH", path, { rememberBrowser: yes }, { headers, key: newKey() })).finally(() => { untold--; }).then(knows);
    telling = told.catch(() => {});
    return told;
  };
  const cancel = async () => {
    left = true;
    try {
      await request("DELETE", path, undefined, { headers });
    } catch (fault) {
      left = false;
      throw fault;
    }
    proof?.stop();
    ended(await get(path));
  };
  if (view.setUp) return setUp(view, get, cancel);
  proof = new Proof({ view, path, get, post, isOver, ways: waysOf, to: toOf, cancel, isBlind: shown.startsWith("b"), seen: knows, extra: () => rememberBox(tell) });
  screen(() => {
    proof.draw();
    return { title: titleOf(view), body: [about(view), proof.element] };
  });
  const end = await proof.run();
  return end && !left ? ended(end) : undefined;
}

/** Who has no method yet sets one up in this sign-in, whose ticket the set-up page finds where it is kept. It ends as any: by its time, or where somebody else ends it. */
async function setUp(view, get, cancel) {
  screen(() => ({
    title: t("title-set-up-first"),
    body: [h("p", { class: "lead" }, t("sign-in-set-up", { to: view.application ?? config.company })), h("div", { class: "buttons" }, button("primary", t("set-it-up"), () => leave(`/?sign-in=${id}`)), button("quiet", t("cancel"), () => cancel().catch(broken)))],
  }));
  const end = await follow(get, path, view, isOver, new AbortController().signal);
  return end && !left ? ended(end) : undefined;
}

const titleOf = (view) => (view.context ? t("title-agree") : view.application ? t("title-sign-in-to", { application: view.application }) : t("title-sign-in"));

/** Who asks for what, so that nobody agrees to something else. */
function about({ application, context, place, ip, company }) {
  const rows = [...(context?.details ?? []).map((d) => [d.label, d.value]),
    ...[["sign-in-application", context && application], ["sign-in-place", place], ["sign-in-ip", ip]].filter(([, value]) => value).map(([key, value]) => [t(key), value])];
  return [context && h("p", { class: "lead" }, named(context.title)), rows.length > 0 && h("dl", { class: "facts" }, rows.map(([label, value]) => h("div", {}, h("dt", {}, named(label)), h("dd", {}, named(value))))),
    !context && h("p", { class: "soft" }, t("sign-in-why", { company: company ?? config.company }))];
}

/** The box shows what the service knows, unless it is still to be told otherwise. @param {any} view */
function knows(view) {
  if (untold > 0 || isOver(view)) return;
  remember = view.rememberBrowser;
  if (box) box.checked = remember;
}

/** @param {(yes: boolean) => Promise<void>} tell */
function rememberBox(tell) {
  if (remember === undefined) return null;
  const wrong = h("p", { id: "remember-wrong", class: "alert", role: "alert" });
  box = h("input", {
    type: "checkbox", checked: box?.checked ?? remember, "aria-describedby": wrong.id,
    onchange: async () => {
      wrong.textContent = "";
      try {
        await tell(box.checked);
      } catch (fault) {
        if (untold === 0) box.checked = remember;
        wrong.textContent = saying(fault);
      }
    },
  });
  return [h("label", { class: "check" }, box, h("span", {}, t("remember-browser"))), wrong];
}

function ended(view) {
  localStorage.removeItem(KEPT);
  const good = ["verified", "satisfied"].includes(view.state);
  const url = view.returnTo && URL.canParse(view.returnTo) && /^https?:$/.test(new URL(view.returnTo).protocol) ? view.returnTo : undefined;
  const to = view.application ?? t("sign-in-program");
  screen(() => ({
    title: t(good ? "title-verified" : view.state === "cancelled" ? "title-sign-in-cancelled" : "title-not-verified"),
    body: [good ? h("p", { class: "waiting", role: "status" }, url && h("span", { class: "spinner", "aria-hidden": "true" }), t(url ? "sign-in-going-back" : "sign-in-used", { to })) : h("p", { class: "alert", role: "alert" }, endOf(view)),
      url && h("div", { class: "buttons" }, button(good ? "quiet" : "primary", t("sign-in-back", { to }), () => location.replace(url)))],
  }));
  // In the place of this page: the way back in the history is to the program.
  if (url && (good || view.state === "cancelled")) location.replace(url);
}

function broken(fault) {
  screen(() => ({
    title: t("title-fault"),
    body: [h("p", { class: "alert", role: "alert" }, saying(fault)), fault.code !== "sign-in-link" && fault.status !== 401 && h("div", { class: "buttons" }, button("primary", t("try-again"), () => leave(location.href)))],
  }));
}

onLanguage(speak);
start().catch(broken);
