// The desk: one user at a time, what they see, what they hold, and what happened.
import { as } from "/dev/api.js";
import { activation, languages, reload, show, signInAtShop } from "/dev/frame.js";
import { tell } from "/dev/happened.js";
import { bring, hold } from "/dev/held.js";

const $ = (id) => document.getElementById(id);
let user;
let me;
let being = new AbortController();

function be(name) {
  being.abort();
  being = new AbortController();
  [user, me] = [name, as({ user: name, sid: crypto.randomUUID() })];
  history.replaceState(null, "", `#${user}`);
  for (const button of $("users").children) button.setAttribute("aria-pressed", String(button.dataset.user === user));
  // Who came back by Sign-in at a shop begins anew.
  go("/");
  hold(user, hint, being.signal);
  tell(me, being.signal);
}

function go(place) {
  $("problem").hidden = true;
  show(`${place}?${new URLSearchParams({ login_hint: user })}`);
}

function hint(text) {
  if ($("hint").textContent !== text) $("hint").textContent = text;
}

async function act(what) {
  $("problem").hidden = true;
  try {
    await what();
  } catch (problem) {
    $("problem").textContent = problem.message;
    $("problem").hidden = false;
  }
}

/** The page's languages, as soon as there is a page; the one that is shown is chosen. */
function look() {
  const all = languages();
  const spoken = $("page").contentDocument?.documentElement.lang;
  if (all && $("language").options.length === 0) $("language").append(...Object.entries(all).map(([tag, { name }]) => new Option(name, tag)));
  if (all && document.activeElement !== $("language")) $("language").value = spoken;
  $("scan").hidden = !activation();
}

async function scan() {
  const link = activation();
  bring("app");
  // A fragment alone opens it in the app as it stands.
  $("app").contentWindow.location.href = link.startsWith("otpauth") ? `/authenticator#${link.replace("#", "%23")}` : link;
}

$("users").addEventListener("click", (event) => {
  const name = event.target.closest("button")?.dataset.user;
  if (name) be(name);
});
$("who").addEventListener("submit", (event) => {
  event.preventDefault();
  be($("user").value.trim());
});
for (const button of document.querySelectorAll("[data-place]")) button.addEventListener("click", () => go(button.dataset.place));
$("shop").addEventListener("click", () => act(() => signInAtShop(user)));
$("reload").addEventListener("click", reload);
$("scan").addEventListener("click", () => act(scan));
$("language").addEventListener("change", () => act(async () => {
  await me("PATCH", "/me", { culture: $("language").value });
  reload();
}));

setInterval(look, 500);
const asked = decodeURIComponent(location.hash.slice(1));
be(/^[A-Za-z0-9._-]{1,64}$/.test(asked) ? asked : "alice");
