// Chooses a user, sets up a method through the real API, and follows it live.
import { Api, Problem, phoneOf } from "/dev/api.js";
import { codeNow } from "/dev/authenticator.js";
import { element, make, showAccount, showHolder, showProblem, showWays, tell, time, words } from "/dev/view.js";

let api;
// What is being proved: an enrollment or a challenge, and the path of its kind.
let holder;
let path;
let following = new AbortController();
const phones = (await (await fetch("/dev/phones")).json()).url;
element("phones").href = element("phone").src = phones;

async function act(what) {
  try {
    showProblem();
    await what();
  } catch (problem) {
    if (problem.code === "second-step-required") problem.message = "This account has a method: ask for the second step first, then set up another.";
    if (problem.name !== "AbortError") showProblem(problem);
  }
}

async function signIn(user) {
  following.abort();
  api = new Api(user);
  holder = undefined;
  element("enrollment").hidden = true;
  for (const button of element("users").children) button.setAttribute("aria-pressed", String(button.dataset.user === user));
  const countries = (await api.send("GET", "/countries")).items;
  const chosen = element("region").value || "US";
  element("region").replaceChildren(...countries.map((c) => Object.assign(make("option", `${c.name} (+${c.callingCode})`), { value: c.region })));
  element("region").value = chosen;
  await refresh();
  tell(`Signed in as ${user}`);
}

async function refresh() {
  showAccount(await api.send("GET", "/me"));
}

function request() {
  switch (element("method").value) {
    case "notification": return { method: "mobileApp", mode: "notification" };
    case "app": return { method: "mobileApp", mode: "code" };
    case "office": return { method: "officePhone" };
    default: return { method: "authenticationPhone", region: element("region").value, number: element("number").value, delivery: element("method").value };
  }
}

async function setUp() {
  const asked = request();
  begin("/me/enrollments", await api.send("POST", "/me/enrollments", asked));
  if (asked.number) element("phone").src = `${phones}#${await phoneOf(asked.region, asked.number)}`;
}

async function ask() {
  begin("/me/challenges", await api.send("POST", "/me/challenges", {}));
}

function begin(at, made) {
  path = at;
  element("code").value = "";
  element("ways").replaceChildren();
  show(made);
  element("enrollment").scrollIntoView({ block: "nearest" });
  following.abort();
  following = new AbortController();
  follow(made.id, following.signal);
}

// Shows a newer state, whether it came as an answer or was waited for.
function show(next) {
  const before = holder?.id === next.id ? holder : undefined;
  if (before && before.version > next.version) return;
  holder = next;
  showHolder(next);
  if (next.methods) showWays(next, contact);
  api.remember(next.assertion);
  const [was, is] = [describe(before), describe(next)];
  if (was !== is) tell(is);
}

function describe(e) {
  if (!e) return "";
  const v = e.verification;
  const parts = [`${e.method ? words(e.method) : "second step"}: ${words(e.state)}`];
  if (v) parts.push(`${v.how} ${words(v.state)}`);
  if (v?.attempts > 0) parts.push(`attempt ${v.attempt}`);
  if (v?.reason) parts.push(words(v.reason));
  if (v?.retryAt && v.how === "call") parts.push(`again at ${time(v.retryAt)}`);
  return parts.join(", ");
}

const isOver = (e) => ["verified", "satisfied", "denied", "failed", "expired", "cancelled"].includes(e.state);

async function follow(id, signal) {
  while (!signal.aborted && holder.id === id && !isOver(holder)) {
    try {
      show(await api.send("GET", `${path}/${id}?wait=25&seen=${holder.version}`, undefined, signal));
    } catch (problem) {
      if (signal.aborted) return;
      showProblem(problem);
      if (problem instanceof Problem && problem.status < 500) return;
      await new Promise((done) => setTimeout(done, 2000));
    }
  }
  if (!signal.aborted) await act(refresh);
}

const contact = (body) => act(async () => show(await api.send("POST", `${path}/${holder.id}/contact`, body)));

function on(id, event, what) {
  element(id).addEventListener(event, (e) => {
    e.preventDefault();
    act(() => what(e));
  });
}

on("users", "click", (e) => e.target.dataset.user && signIn(e.target.dataset.user));
on("sign-in", "submit", () => signIn(element("user").value));
on("set-up", "submit", setUp);
on("method", "change", () => { element("number-fields").hidden = !["text", "call"].includes(element("method").value); });
on("ask", "click", ask);
on("scan", "click", () => { element("authenticator").contentWindow.location = holder.activation.qrContent; });
on("contact", "click", () => contact());
on("resend", "click", () => contact({ resend: true }));
on("verify", "submit", async () => {
  const code = element("code").value.trim();
  show(await api.send("POST", `${path}/${holder.id}/verify`, code ? { code } : {}));
});

setInterval(async () => {
  const otpauth = holder?.activation?.qrContent;
  if (otpauth?.startsWith("otpauth:")) element("app-code").textContent = await codeNow(otpauth);
}, 1000);

await act(() => signIn("alice"));
