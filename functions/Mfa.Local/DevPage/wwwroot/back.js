// Where the shop's users come back: it redeems what they bring, once, and only in the browser that it sent away.
import { shop } from "/dev/api.js";

const $ = (id) => document.getElementById(id);
const ways = { text: "a text", call: "a call", code: "a code", notification: "a notification" };
const asked = new URLSearchParams(location.search);
const sent = JSON.parse(sessionStorage.getItem("shop") ?? "{}");

function say(title, says, facts = []) {
  document.title = `${title} – The Shop`;
  $("title").textContent = title;
  $("says").textContent = says;
  $("facts").replaceChildren(...facts.filter(([, value]) => value).flatMap(([name, value]) => [["dt", name], ["dd", value]].map(([tag, text]) => Object.assign(document.createElement(tag), { textContent: text }))));
}

const claims = (token) => JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0))));

async function redeem() {
  const challenge = await shop("POST", `/challenges/${sent.id}/answer`, { answer: asked.get("answer") });
  const { acr, amr, exp } = claims(challenge.assertion);
  const by = challenge.state === "satisfied" ? challenge.by : challenge.verification?.how ?? challenge.by ?? challenge.how;
  say(`Signed in as ${challenge.user ?? sent.user}`, challenge.state === "satisfied" ? `Nothing had to be asked: ${by}.` : `Signed in by ${ways[by] ?? by}.`,
    [["Assertion", "signed by this service, for the shop alone"], ["acr", acr], ["amr", amr?.join(", ")], ["good until", exp && new Date(exp * 1000).toLocaleTimeString()]]);
}

const refusals = { denied: "It was denied.", failed: "It was not proved.", expired: "Its time was over.", cancelled: "It was called off.", "enrollment-required": `${sent.user} has no second step yet: choose Set-up above.` };

if (asked.has("error")) say("Not signed in", refusals[asked.get("error")] ?? asked.get("error"));
else if (!sent.id || asked.get("state") !== sent.state) say("Not signed in", "This browser was not sent away by the shop, or it has come back already.");
else if (asked.has("by")) say(`Signed in as ${sent.user}`, `Nothing had to be asked: ${asked.get("by")}.`);
else await redeem().catch((problem) => say("Not signed in", problem.message));
// What was brought back serves once, and is nobody's to read in the address.
history.replaceState(null, "", location.pathname + (asked.has("error") ? `?error=${encodeURIComponent(asked.get("error"))}` : ""));
