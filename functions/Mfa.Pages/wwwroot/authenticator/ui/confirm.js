import { activate } from "../activate.js";
import { Fault } from "../fault.js";
import { permission } from "../push.js";
import * as store from "../store.js";
import { t } from "../words.js";
import { alertLine, button, calm, field, h, icon, saying } from "./dom.js";

/** @typedef {{added: (accounts: Account[]) => void, notify: (account: Account) => Promise<boolean>, back?: () => void}} Ways */

/** Shows what was found, and adds it once the user says so. */
export function showFound(sheet, found, ways) {
  if (found.kind === "activation") showActivation(sheet, found.activation, ways);
  else if (found.kind === "seed") showSeeds(sheet, { seeds: [found.seed], refused: [], batch: 1, batches: 1 }, ways);
  else showSeeds(sheet, found, ways);
}

function showActivation(sheet, activation, ways) {
  const { back } = ways;
  const name = field(t("device-name"), { value: ownName(), maxlength: "40", required: true }, t("device-name-why"));
  const alert = alertLine();
  const answers = h("fieldset", { class: "answers" }, button("primary", t("add")));
  const submit = async (event) => {
    event.preventDefault();
    const typed = name.input.value.trim() || ownName();
    await attempt(sheet, alert, () => activate(activation, { name: typed }), (fault) => fault.code === "pin-required" && showPin(sheet, activation, typed, ways, fault.facts.pinLength), (account) => showActivated(sheet, account, ways));
  };
  sheet.show(t("add-one"), { back },
    h("div", { class: "subject" }, icon("shield"), h("div", {}, h("p", { class: "soft" }, t("activate-for")), h("p", { class: "host" }, new URL(activation.url).host))),
    h("p", {}, t("activate-only")),
    h("form", { onsubmit: submit }, name.row, alert, answers));
  // A link may have opened this screen under a finger.
  calm(answers);
}

function showPin(sheet, activation, name, ways, length = 4) {
  const props = { type: "password", inputmode: "numeric", autocomplete: "one-time-code", maxlength: "16", required: true };
  const first = field(t("pin-new"), { ...props, autofocus: true }, t("pin-hint", { length }));
  const second = field(t("pin-again"), props);
  const alert = alertLine();
  const submit = async (event) => {
    event.preventDefault();
    const pin = first.input.value;
    if (!/^\d+$/.test(pin) || pin.length < length) {
      alert.textContent = t("pin-short", { length });
      return first.input.focus();
    }
    if (pin !== second.input.value) {
      alert.textContent = t("pin-differs");
      return second.input.focus();
    }
    await attempt(sheet, alert, () => activate(activation, { name, pin }), () => false, (account) => showActivated(sheet, account, ways));
  };
  sheet.show(t("pin-choose"), { back: () => showActivation(sheet, activation, ways) },
    h("p", {}, t("pin-why", { host: new URL(activation.url).host })),
    h("form", { novalidate: true, onsubmit: submit }, first.row, second.row, alert, button("primary", t("go-on"))));
}

function showActivated(sheet, account, ways) {
  sheet.dialog.dataset.added = account.id;
  ways.added([account]);
  const close = () => sheet.close();
  const ask = account.device.pushKey && permission() === "ask";
  const on = button("primary", t("push-allow"), async () => {
    const works = await ways.notify(account);
    sheet.show(t(works ? "push-on" : "push-fails"), {}, seal(works ? "bell" : "warning", works), h("p", { class: "centred" }, t(works ? "push-works-means" : "push-fails-means")), button("primary", t("done"), close));
  });
  sheet.show(t("added-own"), {}, seal("check", true),
    h("p", { class: "centred strong" }, account.issuer, account.name && h("br"), account.name),
    h("p", { class: "centred" }, t("added-own-means", { device: account.device.name })),
    ask ? [h("p", { class: "soft centred" }, t("push-ask")), on, button("quiet", t("later"), close)] : button("primary", t("done"), close));
}

function showSeeds(sheet, { seeds, refused, batch, batches }, ways) {
  const single = seeds.length === 1 && batches === 1 && refused.length === 0;
  const names = single ? { issuer: field(t("service"), { value: seeds[0].issuer, maxlength: "60" }), name: field(t("account"), { value: seeds[0].name, maxlength: "100" }) } : null;
  const alert = alertLine();
  const submit = async (event) => {
    event.preventDefault();
    if (names) Object.assign(seeds[0], { issuer: names.issuer.input.value.trim(), name: names.name.input.value.trim() });
    const add = async () => {
      const added = [];
      for (const { secret, ...facts } of seeds) added.push(await store.add(facts, secret));
      return added;
    };
    await attempt(sheet, alert, add, () => false, (added) => {
      ways.added(added);
      // The next of several codes is scanned the same way.
      if (batch < batches && ways.back) ways.back();
      else sheet.close();
    });
  };
  const listed = (account) => h("li", {}, h("span", { class: "issuer" }, account.issuer || account.name), account.issuer && h("span", { class: "name" }, account.name));
  sheet.show(t(seeds.length === 1 ? "add-one" : "add-some", { count: seeds.length }), { back: ways.back },
    batches > 1 && h("p", { class: "soft" }, t("part-of", { batch, batches })),
    !single && h("ul", { class: "plain" }, seeds.map(listed)),
    refused.length > 0 && h("section", { class: "trouble" }, icon("warning"), h("div", {}, t("left-out"), h("ul", {}, refused.map(({ name, why }) => h("li", {}, `${name}: ${t(why)}`))))),
    h("form", { onsubmit: submit }, names && [names.issuer.row, names.name.row], alert, seeds.length > 0 && button("primary", t("add-yes", { count: seeds.length }))));
}

const seal = (name, good) => h("div", { class: `seal ${good ? "authenticate" : ""}` }, icon(name));

/** One at a time; a refusal is said, unless `handled` takes it. */
async function attempt(sheet, alert, act, handled, then) {
  if (sheet.dialog.classList.contains("busy")) return;
  sheet.dialog.classList.add("busy");
  alert.textContent = "";
  try {
    then(await act());
  } catch (fault) {
    if (!(fault instanceof Fault && handled(fault) !== false)) alert.textContent = saying(fault);
  } finally {
    sheet.dialog.classList.remove("busy");
  }
}

/** What the set-up page shows for the user to check, until they say otherwise. */
function ownName() {
  const agent = navigator.userAgent;
  const browser = /Edg/.test(agent) ? "Edge" : /Firefox/.test(agent) ? "Firefox" : /Chrom/.test(agent) ? "Chrome" : "Safari";
  const system = /iPhone/.test(agent) ? "iPhone" : /iPad/.test(agent) ? "iPad" : /Android/.test(agent) ? "Android" : /Mac/.test(agent) ? "Mac" : /Windows/.test(agent) ? "Windows" : "Linux";
  return `${browser}, ${system}`;
}
