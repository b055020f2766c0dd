// What the page shows: takes a phone as the network tells it, and changes only what changed, so that a screen reader
// reads the new and not the old again.

const $ = (id) => document.getElementById(id);

export function pretty(number) {
  const [digits, extension] = number.replace(/^\+/, "").split("x");
  const parts = /^1(\d{3})(\d{3})(\d{4})$/.exec(digits);
  return (parts ? `+1 ${parts[1]} ${parts[2]} ${parts[3]}` : `+${digits}`) + (extension ? ` x${extension}` : "");
}

/** Makes the children of a list those of `items`, by key; what is there already stays. */
function list(element, items, keyOf, make) {
  const wanted = new Set(items.map(keyOf));
  for (const child of [...element.children]) {
    if (!wanted.has(child.dataset.key)) child.remove();
  }

  const there = new Set([...element.children].map((child) => child.dataset.key));
  const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < 40;
  let added = false;
  for (const item of items.filter((one) => !there.has(keyOf(one)))) {
    const child = make(item);
    child.dataset.key = keyOf(item);
    element.append(child);
    added = true;
  }

  if (added && atEnd) element.scrollTop = element.scrollHeight;
}

function line(kind, text, note) {
  const item = document.createElement("p");
  item.className = kind;
  const words = document.createElement("span");
  words.append(...(kind === "in" ? withCode(text) : [text]));
  item.append(words);
  if (note) {
    const small = document.createElement("small");
    small.textContent = note;
    item.append(small);
  }
  return item;
}

/** A text with the first code in it to be tapped, which copies it. */
function withCode(text) {
  const [code] = /(?<![\d+])\d{5,8}(?!\d)/.exec(text) ?? [];
  if (!code) return [text];
  const at = text.indexOf(code);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "code";
  button.textContent = code;
  button.setAttribute("aria-label", `Copy ${code}`);
  return [text.slice(0, at), button, text.slice(at + code.length)];
}

/** Sets a text only when it is another, since setting it makes a live region speak. */
function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** The wire that a call or a text came by, in words. */
const by = (one) => ({ acs: "by ACS", twilio: "by Twilio" }[one.wire] ?? "");

function showCall(call) {
  const state = call?.state;
  say($("call-state"), {
    ringing: `Ringing. Call from ${call && `${pretty(call.from)}, ${by(call)}`}`,
    answered: `In a call with ${call && `${pretty(call.from)}, ${by(call)}`}`,
    ended: "Call ended.",
  }[state] ?? "No call.");
  $("call").dataset.state = state ?? "none";
  $("ringing").hidden = state !== "ringing";
  $("talking").hidden = state !== "answered";
  // In somebody's hand a call is in front of the texts.
  $("texts").inert = document.documentElement.classList.contains("one") && (state === "ringing" || state === "answered");
  say($("listening"), state === "answered" ? (call.listening ? "Waiting for a key" : "Nobody waits for a key") : "");
  $("listening").dataset.on = String(!!call?.listening);

  const said = $("said");
  if (said.dataset.call !== call?.id) said.replaceChildren();
  said.dataset.call = call?.id ?? "";
  said.lang = call?.language ?? "";
  const lines = (call?.said ?? []).map((text, at) => ({ text, key: `${at} ${text}` }));
  said.hidden = lines.length === 0;
  list(said, lines, (one) => one.key, (one) => line("said", one.text));
}

function showTexts(phone) {
  const time = (at) => new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const all = [
    ...phone.texts.map((text) => ({ ...text, kind: "in", note: `${pretty(text.from)}, ${by(text)}, ${time(text.at)}` })),
    ...phone.sent.map((text) => ({ ...text, kind: "out", note: `You to ${pretty(text.to)}, ${by(text)}, ${time(text.at)}` })),
  ].sort((a, b) => a.at.localeCompare(b.at));
  if (heardBy !== phone.number) heard.clear();
  heardBy = phone.number;
  for (const last of [phone.texts.at(-1), phone.call]) if (last) answerTo(last);
  $("no-texts").hidden = all.length > 0;
  $("conversation").hidden = all.length === 0;
  list($("conversation"), all, (one) => one.id, (one) => line(one.kind, one.body, one.note));
}

const heard = new Set();
let heardFrom = "";
let heardBy = "";

/** A text goes to the number that this phone last heard from, unless whoever holds it chose another since. */
function answerTo(last) {
  if (heard.has(last.id)) return;
  heard.add(last.id);
  heardFrom = last.from;
  choose();
}

function choose() {
  const to = $("to");
  if ([...to.options].some((one) => one.value === heardFrom)) to.value = heardFrom;
}

function showHabit(habit) {
  for (const select of $("habit").querySelectorAll("select")) {
    if (select !== document.activeElement || select.value !== habit[select.name]) select.value = habit[select.name];
  }
}

export function showPhone(phone) {
  $("nothing").hidden = true;
  $("phone").hidden = false;
  say($("phone-title"), pretty(phone.number));
  showCall(phone.call);
  showTexts(phone);
  showHabit(phone.habit);
  const ringing = phone.call?.state === "ringing";
  document.title = `${ringing ? "☎ Ringing: " : ""}${pretty(phone.number)} – Virtual phones`;
}

export function showRecent(recent, chosen, open) {
  const shown = recent.map((one) => ({ ...one, key: `${one.number} ${one.ringing} ${one.texts} ${one.number === chosen}` }))
    .sort((a, b) => b.ringing - a.ringing || a.number.localeCompare(b.number));
  const old = [...$("recent").children].map((child) => child.dataset.key).join();
  if (old === shown.map((one) => one.key).join()) return;

  const focused = document.activeElement?.dataset?.number;
  $("recent").replaceChildren(...shown.map((one) => {
    const item = document.createElement("li");
    item.dataset.key = one.key;
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.number = one.number;
    button.append(pretty(one.number));
    if (one.number === chosen) button.setAttribute("aria-current", "true");
    const badge = document.createElement("span");
    badge.className = one.ringing ? "badge ringing" : "badge";
    badge.textContent = one.ringing ? "ringing" : one.texts ? `${one.texts} ${one.texts === 1 ? "text" : "texts"}` : "";
    button.append(" ", badge);
    button.addEventListener("click", () => open(one.number));
    item.append(button);
    return item;
  }));
  if (focused) $("recent").querySelector(`[data-number="${focused}"]`)?.focus();
}

export function showNumbers(numbers) {
  const to = $("to");
  if (to.options.length === numbers.length) return;
  $("to-row").hidden = numbers.length < 2;
  to.replaceChildren(...numbers.map((number) => new Option(pretty(number), number)));
  choose();
}

export function showFault(id, text) {
  $(id).textContent = text;
  $(id).hidden = !text;
}
