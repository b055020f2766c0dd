// Puts what the backend says on the page. Everything is text; nothing is read as HTML.

export const element = (id) => document.getElementById(id);

export function make(tag, ...content) {
  const made = document.createElement(tag);
  made.append(...content);
  return made;
}

// camelCase and kebab-case as words.
export const words = (name) => name.replace(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`).replaceAll("-", " ");

const ways = { text: "by text", call: "by call", code: "by verification code", notification: "by notification" };

export function facts(list, pairs) {
  list.replaceChildren(...pairs.filter(([, value]) => value !== undefined && value !== null && value !== "").flatMap(([name, value]) => [make("dt", name), make("dd", String(value))]));
}

export function showAccount(me) {
  element("message").textContent = me.message ?? "";
  element("message").hidden = !me.message;
  facts(element("account"), [
    ["Name", me.account],
    ["Required", me.required ? "yes" : "no"],
    ["Registered", me.registered ? "yes" : "no"],
    ["Can sign in", me.canSignIn ? "yes" : "no"],
    ["Office phone", me.officePhone],
    ["Recommended", me.recommended?.map(words).join(", ")],
    ["Call proof", me.policy?.callProof],
  ]);
  const methods = me.methods.map((m) => make("li",
    make("strong", `${words(m.method)}${m.methodId === me.preferred?.methodId || m.id === me.preferred?.methodId ? " (preferred)" : ""}`),
    make("span", [m.phone, ways[m.how] ?? m.how].filter(Boolean).join(", "))));
  element("methods").replaceChildren(...(methods.length ? methods : [make("li", "None yet.")]));
  element("set-up").querySelector("option[value=office]").disabled = !me.officePhone;
}

const ends = { verified: "good", failed: "bad", expired: "bad", cancelled: "bad" };

export function showEnrollment(e) {
  const v = e.verification;
  element("enrollment").hidden = false;
  element("state").textContent = words(e.state);
  element("state").dataset.end = ends[e.state] ?? "";
  facts(element("facts"), [
    ["Method", words(e.method)],
    ["Number", e.phone],
    ["Verification", v && `${words(v.state)} (${ways[v.how] ?? v.how})`],
    ["Attempt", v && v.attempts > 0 ? `${v.attempt} of ${v.attempts}` : undefined],
    ["Number to enter", v?.number],
    ["Why", v?.reason && words(v.reason)],
    ["Again from", v?.retryAt && time(v.retryAt)],
    ["Until", time(v?.expiresAt ?? e.expiresAt)],
  ]);
  const open = e.state === "readyToContact" || e.state === "contacting";
  element("contact").disabled = e.state !== "readyToContact";
  element("resend").hidden = !(e.state === "contacting" && v?.how === "text");
  element("verify").hidden = !(e.state === "contacting" && v?.how !== "call");
  element("activation").hidden = !(open && e.activation);
  if (e.activation) {
    element("qr").src = `data:image/svg+xml,${encodeURIComponent(e.activation.qrSvg)}`;
    element("secret").textContent = e.activation.secretKey;
  }
}

export const time = (at) => new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });

export function tell(what) {
  element("log").prepend(make("li", make("time", time(Date.now())), make("span", what)));
}

export function showProblem(problem) {
  element("problem").textContent = problem?.message ?? "";
  element("problem").hidden = !problem;
}
