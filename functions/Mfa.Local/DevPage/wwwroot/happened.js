// What the service wrote down about the user, the newest first. Everything is text; nothing is read as HTML.
import { pause } from "/dev/api.js";

const $ = (id) => document.getElementById(id);

/** @param {(method: string, path: string) => Promise<any>} me the API as the user */
export async function tell(me, signal) {
  $("log").replaceChildren();
  $("nothing").hidden = false;
  while (!signal.aborted) {
    const seen = document.hidden ? undefined : await me("GET", "/me/activity?top=20", undefined, signal).catch(() => undefined);
    if (signal.aborted) return;
    if (seen) show(seen.items);
    await pause(1500);
  }
}

function show(items) {
  const there = new Set([...$("log").children].map((child) => child.dataset.id));
  for (const item of items.filter((one) => !there.has(one.id)).reverse()) $("log").prepend(line(item));
  $("nothing").hidden = $("log").children.length > 0;
}

function line(item) {
  const [row, time, says, more] = ["p", "time", "strong", "span"].map((tag) => document.createElement(tag));
  row.dataset.id = item.id;
  time.dateTime = item.at;
  time.textContent = new Date(item.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  says.textContent = item.says;
  more.textContent = [item.application, item.phone, item.how, item.state, item.reason].filter(Boolean).join(" · ");
  row.append(time, " ", says, " ", more);
  return row;
}
