import { fromFragment, read } from "./links.js";
import { clearNotifications, install, permission, subscribe, allow } from "./push.js";
import { Inbox, secondsLeft } from "./requests.js";
import * as store from "./store.js";
import { openAccount } from "./ui/account.js";
import { openAdd } from "./ui/add.js";
import { openArrange } from "./ui/arrange.js";
import { h, icon, saying, toast } from "./ui/dom.js";
import { AccountList } from "./ui/list.js";
import { RequestSheet } from "./ui/request.js";
import { openSettings } from "./ui/settings.js";
import { setLanguage, t } from "./words.js";

await setLanguage(await store.value("language"));
/** @type {Account[]} */
let accounts = await store.accounts();
/** What waits, by account and request. @type {Map<string, Waiting>} */
const waiting = new Map();
/** Requests that the user put aside: they wait under a line on the list. */
const aside = new Set();
/** Requests that were answered here: a service may name them for a moment still. */
const answered = new Set();
/** @type {{key: string, sheet: RequestSheet} | undefined} */
let shown;
/** The screen that adds accounts, as long as it is there. @type {Sheet | undefined} */
let adding;
/** The account whose request was shown last. @type {string | undefined} */
let lastShown;
// Other windows of this app show the same accounts.
const windows = new BroadcastChannel("authenticator");

const list = new AccountList({ open: (account) => openAccount(account, { changed, notify }) });
const inbox = new Inbox(found, heard);
const banner = h("div", { class: "banner", role: "status" });
const empty = h("section", { class: "empty" },
  h("div", { class: "seal authenticate" }, icon("shield")), h("h2", {}, t("empty")), h("p", { class: "soft" }, t("empty-how")),
  h("button", { type: "button", class: "primary", onclick: () => add() }, t("add")));
const plus = h("button", { type: "button", class: "plus", onclick: () => add() }, icon("add"), h("span", {}, t("add")));

document.getElementById("app").replaceChildren(
  h("header", { class: "bar" }, h("h1", {}, t("title")),
    h("button", { type: "button", class: "round", "aria-label": t("settings"), onclick: settings }, icon("settings"))),
  h("main", {}, banner, empty, list.root), plus, h("p", { id: "toast", role: "status" }));

await render();
setTimeout(() => setInterval(tick, 1000), 1000 - Date.now() % 1000);
opened();
windows.onmessage = () => reload();
addEventListener("hashchange", opened);
addEventListener("online", wake);
document.addEventListener("visibilitychange", wake);
navigator.serviceWorker?.addEventListener("message", wake);
wake();
await install().then(takeOver);
refreshPush();

async function render() {
  await list.show(accounts);
  empty.hidden = accounts.length > 0;
  list.root.hidden = plus.hidden = accounts.length === 0;
}

async function reload() {
  accounts = await store.accounts();
  for (const [key, { account }] of waiting) if (!accounts.some((a) => a.id === account.id)) waiting.delete(key);
  await render();
  wake();
  showNext();
}

function changed() {
  windows.postMessage("changed");
  return reload();
}

function tick() {
  list.tick();
  const over = [...waiting].filter(([key, request]) => key !== shown?.key && secondsLeft(request) === 0);
  for (const [key] of over) waiting.delete(key);
  if (over.length > 0) showNext();
}

/** Asks every service at once, now that somebody looks; nobody looks, nobody asks. */
function wake() {
  if (document.visibilityState !== "visible") return inbox.stop();
  list.tick();
  inbox.start(accounts);
}

function add(found) {
  adding = openAdd({ added: (added) => { changed(); if (!added[0].device) toast(t("added", { count: added.length })); }, notify }, found);
}

/** The app was opened by the link of a set-up page, or with the one of a QR code as its fragment. What is secret in it is taken out of the address, where it would stay in the history. */
function opened() {
  if (location.hash.length < 2) return;
  try {
    const text = location.hash.slice(1);
    const activation = fromFragment(text);
    history.replaceState(null, "", location.pathname);
    if (activation) add({ kind: "activation", activation });
    else if (/^otpauth:/i.test(text)) add(read(text));
  } catch (fault) {
    history.replaceState(null, "", location.pathname);
    toast(saying(fault));
  }
}

/** @param {Account} account @param {Item[]} items all that wait for it */
function found(account, items) {
  const keys = new Set(items.map((item) => `${account.id} ${item.id}`));
  const keysBefore = new Set(waiting.keys());
  for (const [key, { account: of }] of waiting) if (of.id === account.id && !keys.has(key)) waiting.delete(key);
  for (const item of items) {
    const key = `${account.id} ${item.id}`;
    if (!waiting.has(key) && !answered.has(key)) waiting.set(key, { account, item });
  }
  if (shown && shown.key.startsWith(`${account.id} `) && !waiting.has(shown.key)) shown.sheet.gone();
  // What comes new is not hidden behind the end of what was before.
  if (shown?.sheet.over && items.some((item) => !keysBefore.has(`${account.id} ${item.id}`) && waiting.has(`${account.id} ${item.id}`))) shown.sheet.sheet.close();
  showNext();
}

/** One at a time, as they came; the accounts take turns, so that no service keeps those of another away. */
function showNext() {
  if (!shown) {
    const queue = [...waiting].filter(([key]) => !aside.has(key));
    const next = queue.find(([, { account }]) => account.id !== lastShown) ?? queue[0];
    if (next) show(...next);
    // Answered elsewhere, perhaps: what told of it has nothing to tell any more.
    else if (waiting.size === 0) clearNotifications();
  }
  const rest = [...waiting.keys()].filter((key) => key !== shown?.key);
  banner.replaceChildren(...(rest.length === 0 ? [] : [icon("bell"), h("span", {}, t("waits")),
    h("button", { type: "button", class: "quiet", onclick: () => { aside.clear(); showNext(); } }, t("open"))]));
}

function show(key, request) {
  lastShown = request.account.id;
  // It said to go back to the page, which was done.
  if (adding?.dialog.dataset.added === request.account.id) adding.close();
  clearNotifications();
  const closed = (over) => {
    shown = undefined;
    if (over) waiting.delete(key);
    (over ? answered : aside).add(key);
    showNext();
  };
  shown = { key, sheet: new RequestSheet(request, { closed, locked: () => troubled(request.account, "locked") }) };
}

/** @param {Account} account @param {boolean} removed */
function heard(account, removed) {
  // A locked device still hears from its service: only another takes its place.
  if (removed || account.device.trouble === "removed") return troubled(account, removed ? "removed" : undefined);
}

/** @param {Account} account @param {Device["trouble"]} trouble kept, so that it is said without a network too */
async function troubled(account, trouble) {
  if (account.device.trouble === trouble) return;
  await store.update(account, (a) => { a.device.trouble = trouble; });
  await render();
}

/** @param {Account} account @returns {Promise<boolean>} whether its service can wake this device now */
async function notify(account) {
  try {
    return await allow() === "on" && await subscribe(account);
  } catch (error) {
    console.warn(error);
    return false;
  }
}

/** Browsers change where they are woken: each start tells the services. */
async function refreshPush() {
  if (permission() !== "on") return;
  for (const account of accounts.filter((a) => a.device && !a.device.trouble)) await notify(account);
}

function settings() {
  const all = async () => { await allow(); await refreshPush(); };
  openSettings({ accounts, arrange: () => openArrange(accounts, changed), notify: all, restart: () => location.reload() });
}

/** A new version waits until nobody uses the old one. At the start nobody does yet. @param {ServiceWorkerRegistration | undefined} registration */
function takeOver(registration) {
  if (!registration?.waiting || document.querySelector("dialog")) return;
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  registration.waiting.postMessage("take-over");
}
