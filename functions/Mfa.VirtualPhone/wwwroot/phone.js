// Follows one phone by long poll, and does to it what the person at the page does.

import { hush, speak } from "./speech.js";
import { pretty, showFault, showNumbers, showPhone, showRecent } from "./view.js";

const $ = (id) => document.getElementById(id);
const keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
const names = { "*": "star", "#": "pound" };
let chosen = null;
let following = null;
let shown = 0;

const pause = (time) => new Promise((over) => { setTimeout(over, time); });

async function ask(method, path, body, signal) {
  const answer = await fetch(path, {
    method, signal,
    headers: body ? { "content-type": "application/json" } : {},
    body: body ? JSON.stringify(body) : undefined,
  });
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    throw Object.assign(new Error(problem.title ?? `The network answered ${answer.status}.`), { status: answer.status });
  }
  return answer.json();
}

/** Answers overtake each other: an older look at the phone, or one at another phone, is not shown. */
function show(phone) {
  if (phone.number !== chosen || phone.version < shown) return;
  shown = phone.version;
  showPhone(phone);
  speak(phone.call);
}

/** Shows the phone now, and again whenever it changes, until another is chosen. */
async function follow(number, signal) {
  let seen = "";
  while (!signal.aborted) {
    try {
      const phone = await ask("GET", `/phones/${number}${seen}`, null, signal);
      if (signal.aborted) return;
      const rang = $("ringing").hidden;
      $("offline").hidden = true;
      show(phone);
      seen = `?wait=25&seen=${phone.version}`;
      if (rang && phone.call?.state === "ringing") offerAnswer();
      if (phone.call?.state !== "answered") $("pressed").textContent = "";
    } catch (fault) {
      if (signal.aborted) return;
      if (fault.status === 404) {
        showFault("number-fault", fault.message);
        return;
      }
      $("offline").hidden = false;
      await pause(1000);
    }
  }
}

/** Who is writing something keeps the cursor, and so does who is busy with the page around this one. */
function offerAnswer() {
  refreshList();
  if (window.top !== window && !document.hasFocus()) return;
  if (!document.activeElement?.matches("input, select, textarea")) $("answer").focus();
}

function open(number) {
  following?.abort();
  hush();
  following = new AbortController();
  chosen = number;
  shown = 0;
  showFault("number-fault", "");
  showFault("call-fault", "");
  showFault("text-fault", "");
  if (location.hash !== `#${number}`) location.hash = number;
  follow(number, following.signal).then(refreshList);
  refreshList();
}

async function refreshList() {
  try {
    const { numbers, recent } = await ask("GET", "/phones");
    showNumbers(numbers);
    showRecent(recent, chosen, open);
    return recent;
  } catch {
    return [];
  }
}

async function act(what, body, fault = "call-fault") {
  try {
    showFault(fault, "");
    show(await ask("POST", `/phones/${chosen}/${what}`, body));
    return true;
  } catch (wrong) {
    showFault(fault, wrong.message);
    return false;
  }
}

async function press(key) {
  $("pressed").textContent = ($("pressed").textContent + key).slice(-24);
  const button = $("keypad").querySelector(`[data-press="${CSS.escape(key)}"]`);
  button?.classList.add("down");
  setTimeout(() => button?.classList.remove("down"), 150);
  await act("keys", { keys: key });
}

for (const key of keys) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = key;
  button.dataset.press = key;
  if (names[key]) button.setAttribute("aria-label", names[key]);
  button.addEventListener("click", () => press(key));
  $("keypad").append(button);
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, select, textarea");
  if (typing || $("talking").hidden || event.ctrlKey || event.metaKey || event.altKey || !keys.includes(event.key)) return;
  event.preventDefault();
  press(event.key);
});

$("answer").addEventListener("click", async () => {
  if (await act("answer")) $("keypad").querySelector("button").focus();
});
$("decline").addEventListener("click", () => act("decline"));
$("hangup").addEventListener("click", () => act("hangup"));

$("conversation").addEventListener("click", async (event) => {
  const code = event.target.closest("button.code")?.textContent;
  if (!code) return;
  await navigator.clipboard.writeText(code).then(() => { $("copied").textContent = `Copied ${code}`; }, () => { $("copied").textContent = "Your browser does not let this page copy."; });
});

$("reply").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (await act("texts", { to: $("to").value, body: $("body").value }, "text-fault")) $("body").value = "";
});

$("habit").addEventListener("change", (event) =>
  ask("PUT", `/phones/${chosen}/habit`, { [event.target.name]: event.target.value }).then(show));
$("reset").addEventListener("click", () => ask("DELETE", `/phones/${chosen}`).then(show));

$("open").addEventListener("submit", (event) => {
  event.preventDefault();
  const digits = $("number").value.toLowerCase().replace(/[^0-9x]/g, "");
  if (digits.length < 7) {
    showFault("number-fault", "That is too short: write the country too, as in +1 425 555 0123.");
    return;
  }
  $("number").value = pretty(digits);
  open(digits);
});

window.addEventListener("hashchange", () => {
  const number = location.hash.slice(1);
  if (/^\d+(x\d+)?$/.test(number) && number !== chosen) open(number);
});

// In a frame it is one phone in somebody's hand, not the network.
document.documentElement.classList.toggle("one", window.top !== window);
const first = location.hash.slice(1);
if (/^\d+(x\d+)?$/.test(first)) open(first);
else refreshList().then((recent) => { if (!chosen && recent.length > 0) open(recent[0].number); });

// The list is looked at rather than followed: a browser has few connections to one address, and every page follows a phone.
for (;;) {
  await pause(3000);
  if (!document.hidden) await refreshList();
}
