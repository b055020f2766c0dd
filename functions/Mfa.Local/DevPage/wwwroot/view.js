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
    make("span", [m.phone ?? m.device?.name, ways[m.how] ?? m.how].filter(Boolean).join(", "))));
  element("methods").replaceChildren(...(methods.length ? methods : [make("li", "None yet.")]));
  element("ask").hidden = !me.registered;
  element("set-up").querySelector("option[value=office]").disabled = !me.officePhone;
}

const ends = { verified: "good", satisfied: "good", denied: "bad", failed: "bad", expired: "bad", cancelled: "bad" };

// An enrollment, or a challenge: both are proved the same way.
export function showHolder(e) {
  const v = e.verification;
  element("enrollment").hidden = false;
  element("enrollment-title").textContent = e.methods ? "Second step" : "Enrollment";
  element("state").textContent = words(e.state);
  element("state").dataset.end = ends[e.state] ?? "";
  facts(element("facts"), [
    ["Method", words(e.method)],
    ["Number", e.phone],
    ["Verification", v && `${words(v.state)} (${ways[v.how] ?? v.how})`],
    ["Attempt", v && v.attempts > 0 ? `${v.attempt} of ${v.attempts}` : undefined],
    ["Device", e.activation?.device?.name],
    ["Why", (v?.reason ?? e.reason) && words(v?.reason ?? e.reason)],
    ["Again from", v?.retryAt && time(v.retryAt)],
    ["Until", e.state in ends ? undefined : time(v?.expiresAt ?? e.expiresAt)],
  ]);
  const number = v?.number ?? e.number;
  element("match").hidden = !number || !isAsking(e);
  element("match").firstElementChild.textContent = v?.how === "call" ? "Press this, and then #:" : "Type this number in the authenticator:";
  element("match").lastElementChild.textContent = number ?? "";
  element("contact").hidden = !!e.methods || ["verified", "failed", "expired", "cancelled"].includes(e.state);
  element("contact").disabled = e.state !== "readyToContact";
  element("resend").hidden = !(isAsking(e) && v?.how === "text");
  element("verify").hidden = !(isAsking(e) && (e.methods || (v?.how !== "call" && v?.how !== "notification")));
  element("activation").hidden = !(e.activation?.qrSvg && ["awaitingActivation", "readyToContact", "contacting"].includes(e.state));
  if (e.activation?.qrSvg) {
    element("qr").src = `data:image/svg+xml,${encodeURIComponent(e.activation.qrSvg)}`;
    element("of-codes").hidden = !e.activation.secretKey;
    element("of-notifications").hidden = !e.activation.code;
    element("secret").textContent = e.activation.secretKey ?? "";
    element("activation-code").textContent = e.activation.code ?? "";
    element("activation-url").textContent = e.activation.url ?? "";
  }
}

const isAsking = (e) => e.state === "contacting" || e.state === "open";

// The ways of a challenge, as buttons; none where it is over.
export function showWays(e, choose) {
  const all = e.state === "open" ? e.methods.flatMap((m) => m.hows.map((how) => ({ methodId: m.id, how, label: m.label }))) : [];
  element("ways").replaceChildren(...all.map(({ methodId, how, label }) => {
    const button = make("button", [label, ways[how] ?? how].filter(Boolean).join(", "));
    Object.assign(button, { type: "button", className: "quiet", onclick: () => choose({ methodId, how }) });
    return button;
  }));
}

export const time = (at) => new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });

export function tell(what) {
  element("log").prepend(make("li", make("time", time(Date.now())), make("span", what)));
}

export function showProblem(problem) {
  element("problem").textContent = problem?.message ?? "";
  element("problem").hidden = !problem;
}
