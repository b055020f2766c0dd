// Signs in whoever is chosen, hinted at or remembered, and goes back to the page that asked.
import { forget, remembered, sessionOf } from "/dev/sessions.js";

const asked = new URLSearchParams(location.search);
const hint = asked.get("login_hint") ?? "";
const prompt = asked.get("prompt");
const isName = (text) => /^[A-Za-z0-9._-]{1,64}$/.test(text);

async function goOn(user) {
  const answer = await fetch(`/dev/authorize${location.search}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(user ? { user, sid: sessionOf(user) } : {}),
  });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.detail);
  location.replace(body.location);
}

async function signIn(user) {
  const problem = document.getElementById("problem");
  problem.hidden = true;
  try {
    await goOn(user);
  } catch (fault) {
    document.querySelector("main").hidden = false;
    problem.textContent = fault.message;
    problem.hidden = false;
  }
}

function show() {
  document.querySelector("main").hidden = false;
  document.getElementById("client").textContent = asked.get("client_id");
  document.getElementById("user").value = isName(hint) ? hint : "";
  document.getElementById("users").addEventListener("click", (e) => {
    const user = e.target.closest("button")?.dataset.user;
    if (user) signIn(user);
  });
  document.getElementById("other").addEventListener("submit", (e) => {
    e.preventDefault();
    signIn(document.getElementById("user").value.trim());
  });
}

const anew = prompt === "login" || prompt === "select_account";
if (anew) forget();
const known = anew ? undefined : isName(hint) ? hint : remembered().user;
if (known || prompt === "none") await signIn(known);
else show();
