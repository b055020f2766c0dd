// Says what is said on a call aloud, where the browser has voices and whoever holds the phone wants it.

const button = document.getElementById("aloud");
const voices = window.speechSynthesis;
const kept = "speak-aloud";
let call = null;
let heard = 0;
let wanted = false;

try {
  wanted = localStorage.getItem(kept) === "yes";
} catch {
  // It is off then, each time.
}

/** The call as it now is: what is new in it is said, and what was said is not said again. */
export function speak(now) {
  const known = call?.id === now?.id;
  if (!known || now?.state !== "answered") hush();
  // Of a call that goes on already, the last words are those that count.
  if (!known) heard = Math.max(0, (now?.said.length ?? 0) - 1);
  call = now;
  if (wanted) for (const words of call?.said.slice(heard) ?? []) say(words);
  heard = call?.said.length ?? 0;
  offer();
}

export function hush() {
  voices?.cancel();
}

function say(words) {
  if (call.state !== "answered" || words.startsWith("[tones ")) return;
  const said = new SpeechSynthesisUtterance(words.replace(/^\[switchboard\] /, ""));
  if (call.language) {
    said.lang = call.language;
    const all = voices.getVoices();
    said.voice = all.find((v) => same(v.lang, call.language)) ?? all.find((v) => same(v.lang.slice(0, 2), call.language.slice(0, 2))) ?? null;
  }
  voices.speak(said);
}

// Some browsers write nl_NL.
const same = (one, other) => one.replace("_", "-").toLowerCase() === other.toLowerCase();

function offer() {
  button.hidden = call?.state !== "answered" || !voices?.getVoices().length;
  button.setAttribute("aria-pressed", String(wanted));
}

button.addEventListener("click", () => {
  wanted = !wanted;
  try {
    localStorage.setItem(kept, wanted ? "yes" : "no");
  } catch {
    // For this page alone, then.
  }
  if (!wanted) hush();
  else if (call.said.length > 0) say(call.said.at(-1));
  offer();
});

// Many browsers load their voices after the page.
voices?.addEventListener?.("voiceschanged", offer);
