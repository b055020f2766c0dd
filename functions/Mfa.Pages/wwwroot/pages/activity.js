// What happened to the account, and "This wasn't me".
import { send } from "./api.js";
import { Fault, form, h, has, icon, named, t, when } from "./base.js";
import { act, ask, Section } from "./section.js";

const DAY = 86_400_000;
const ICONS = { challenge: "shield", wrong: "warning", method: "app", recovery: "key", app: "key", browser: "laptop", blocked: "warning" };

/** The entries of one sign-in are one row: its end says how it began, too. */
function rowsOf(items) {
  const over = new Set(items.filter((i) => i.kind === "challenge-ended").map((i) => i.challengeId));
  return items.filter((i) => i.kind !== "challenge-asked" || !over.has(i.challengeId));
}

/** How it ended, in words; nothing where its kind says it all. */
function endOf(item) {
  if (item.kind !== "challenge-ended" && item.kind !== "contact-ended" && item.kind !== "enrollment-ended") return undefined;
  const key = [`settings-by-${item.state === "satisfied" ? item.by : ""}`, `settings-state-${item.state}`].find(has);
  const why = item.state !== "verified" && `reason-${item.reason}`;
  return [key && t(key), why && has(why) && t(why)].filter(Boolean).join(". ").replace("..", ".");
}

/** @param {() => void} reported hears that a sign-in was reported: its method rests */
export function activityCard(reported) {
  const done = new Set();
  const section = new Section({ title: "settings-activity", load: () => send("GET", "/me/activity?top=15"), draw, changed: reported });

  function draw({ items, next }) {
    if (items.length === 0) return h("p", { class: "soft" }, t("settings-activity-none"));
    return [h("ul", { class: "methods activity" }, rowsOf(items).map(entry)), next && form([], null, t("settings-more"), () => more(next), "quiet")];
  }

  function entry(item) {
    const phone = item.phone?.replaceAll(" ", "\u00a0");
    const sent = phone && item.how ? t(`way-${item.how}`, { to: phone }) : phone;
    const facts = [item.application, item.place ?? item.ip, sent].filter(Boolean).map((fact) => [" · ", named(fact)]);
    // What the settings page asked for itself has no application, and is the user's own.
    const young = item.challengeId && item.application && Date.now() - Date.parse(item.at) < DAY;
    return h("li", {}, icon(item.kind.startsWith("contact") && item.how ? item.how : ICONS[item.kind.split("-")[0]] ?? "history"),
      h("span", {}, h("strong", { tabindex: "-1" }, item.says), h("span", {}, endOf(item)), h("span", { class: "soft" }, h("time", { datetime: item.at }, when(item.at)), facts)),
      young && h("div", { class: "acts" }, done.has(item.challengeId) ? h("span", { class: "soft" }, t("settings-reported-by-you")) : act("settings-report", `${item.application}, ${when(item.at)}`, (event) => report(event.currentTarget, item))));
  }

  const report = (opener, item) => ask(opener, {
    says: t("settings-report-means"), label: t("settings-report-yes"),
    act: async () => {
      await send("POST", "/me/reports", { challengeId: item.challengeId }).catch((fault) => {
        throw fault.status === 404 ? new Fault("settings-report-late") : fault;
      });
      done.add(item.challengeId);
      await section.changed(t("settings-reported"));
    },
  });

  async function more(after) {
    const older = await send("GET", `/me/activity?top=25&after=${encodeURIComponent(after)}`);
    const shown = section.element.querySelectorAll(".activity > li").length;
    section.data = { items: [...section.data.items, ...older.items], next: older.next };
    section.draw();
    (section.element.querySelectorAll(".activity strong")[shown] ?? section.element.querySelector(".activity > li:last-child strong")).focus();
  }

  return section;
}
