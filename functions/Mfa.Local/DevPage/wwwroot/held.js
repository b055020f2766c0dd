// What the user holds: their phones, and the authenticator. What is contacted comes to the front by itself.
import { pause, read } from "/dev/api.js";

const $ = (id) => document.getElementById(id);
const network = (await read(await fetch("/dev/phones"))).url;
const main = document.querySelector("main");
// As desk.css has it.
const narrow = matchMedia("(max-width: 52rem)");
let number;
let chosen;
let contact;

if (network) $("phones").href = network;
// Of a carrier that calls real phones there is none to show.
else $("phones").replaceWith("in your own hand");

const pretty = (digits) => `+${digits.replace(/^1(\d{3})(\d{3})(\d{4})$/, "1 $1 $2 $3")}`;

function open(digits) {
  if (digits === number) return;
  number = digits;
  // Another fragment is another phone; the same document stays.
  if (network) $("phone").src = `${network}#${digits}`;
}

/** Puts a pane in front, where there is no room for all. @param {"page" | "phone" | "app"} pane */
export function bring(pane) {
  main.dataset.shows = pane;
  if (pane !== "page") main.dataset.device = pane;
  mark();
}

function mark() {
  const front = narrow.matches ? main.dataset.shows : main.dataset.device;
  for (const button of $("panes").children) button.setAttribute("aria-pressed", String(button.dataset.pane === front));
}

function offer(phones) {
  const shown = JSON.stringify([phones, number]);
  if ($("numbers").dataset.shown === shown) return;
  $("numbers").dataset.shown = shown;
  const focused = document.activeElement?.dataset?.number;
  $("numbers").replaceChildren(...phones.map((phone) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: phone.kind === "office" ? `Office ${pretty(phone.number)}` : pretty(phone.number) });
    button.dataset.number = phone.number;
    button.setAttribute("aria-pressed", String(phone.number === number));
    return button;
  }));
  if (focused) $("numbers").querySelector(`[data-number="${focused}"]`)?.focus();
}

/** Shows what a user holds, for as long as they are chosen. @param {(hint: string) => void} tell */
export async function hold(user, tell, signal) {
  chosen = contact = undefined;
  while (!signal.aborted) {
    const held = document.hidden ? undefined : await fetch(`/dev/phones/${user}`, { signal }).then(read, () => undefined);
    if (signal.aborted) return;
    if (held) look(user, held, tell);
    await pause(700);
  }
}

function look(user, { phones, contacting }, tell) {
  if (contacting && contacting.id !== contact) {
    if (contacting.number) chosen = contacting.number;
    bring(contacting.number ? "phone" : "app");
  }
  // It is over: what comes of it is on the page.
  if (contact && !contacting) bring("page");
  contact = contacting?.id;
  const own = phones.find((phone) => phone.kind !== "office");
  open(phones.some((phone) => phone.number === chosen) ? chosen : own.number);
  offer(phones);
  tell(contacting ? said(user, contacting) : own.kind === "suggested" ? `You are ${user}. Choose how to be contacted on the page; ${user}'s phone is ${pretty(own.number)}, and any other number is a phone here, too.` : `You are ${user}. Your phone is ${pretty(own.number)}.`);
}

const said = (user, { how, number: at }) => ({
  call: `${user}'s phone ${pretty(at ?? "")} is being called: answer it, and do what it says.`,
  text: `${user}'s phone ${pretty(at ?? "")} has a text with a code.`,
  notification: `${user}'s authenticator is asked to approve.`,
  code: `${user}'s authenticator shows the code.`,
})[how] ?? "";

$("numbers").addEventListener("click", (event) => {
  const digits = event.target.closest("button")?.dataset.number;
  if (!digits) return;
  chosen = digits;
  open(digits);
  for (const button of $("numbers").children) button.setAttribute("aria-pressed", String(button.dataset.number === digits));
});

$("panes").addEventListener("click", (event) => {
  const pane = event.target.closest("button")?.dataset.pane;
  if (pane) bring(pane);
});
narrow.addEventListener("change", mark);
mark();
