// The public HTTP contract as the signed-in user sees it, and the sign-in before it: authorization code with PKCE (RFC 6749, 7636, 9207).
// The token is in this module's memory and nowhere else.
import { button, config, Fault, h, language, pause, saying, screen, t } from "./base.js";

/** What shows who the user is: the Authorization header. @type {string | undefined} */
let token;
let whenOver;
/** Whether the service took it once: then a refusal tells that its time is over. */
let isTaken = false;
/** Where the issuer signs the user out. */
let end;
/** Second steps that were taken here, the newest first: the service takes some of them once. @type {string[]} */
let assertions = [];

const STORE = "mfa-first-step ";
const base64url = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

// A browser may keep a page that was left, as it was. Whoever goes back to it, on a computer that others use too, finds nothing of who was there.
addEventListener("pagehide", () => {
  [token, assertions] = [undefined, []];
  document.getElementById("main").replaceChildren();
});
addEventListener("pageshow", (event) => event.persisted && location.reload());

/** Something else than the issuer's token shows who the user is: the ticket of a sign-in; `over` goes where one is told that is under way no more. @param {string} authorization @param {() => Promise<any>} over */
export function firstStepBy(authorization, over) {
  [token, whenOver] = [authorization, over];
}

/** Signs the user in: comes back from the issuer, or goes there. @param {Record<string, string>} [more] such as `prompt` */
export async function firstStep(more) {
  if (!config.clientId) throw new Fault("no-client");
  const query = new URLSearchParams(location.search);
  if (query.has("state") && (query.has("code") || query.has("error"))) return comeBack(query);
  return goThere(more);
}

async function issuer() {
  try {
    const document = await (await fetch(`${config.authority.replace(/\/$/, "")}/.well-known/openid-configuration`)).json();
    return { authorize: document.authorization_endpoint, token: document.token_endpoint, issuer: document.issuer, names: document.authorization_response_iss_parameter_supported, end: document.end_session_endpoint };
  } catch {
    throw new Fault("issuer-away");
  }
}

/** @param {Record<string, string>} [more] such as `prompt` */
export async function goThere(more = {}) {
  const [at, verifier, state] = [await issuer(), random(), random()];
  // Only what is needed to come back: no token is ever kept.
  sessionStorage.setItem(STORE + state, JSON.stringify({ verifier, at, place: location.search + location.hash }));
  const hint = new URLSearchParams(location.search).get("login_hint");
  const url = new URL(at.authorize);
  const asked = {
    response_type: "code", client_id: config.clientId, redirect_uri: location.origin + location.pathname, scope: config.scope, state, code_challenge: base64url(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))), code_challenge_method: "S256",
    ui_locales: language(), ...(hint && { login_hint: hint }), ...more,
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  // In the place of this page: the way back in the history is to what was before it.
  location.replace(url);
  return new Promise(() => {});
}

/** Where the issuer signs the user out (OpenID Connect RP-Initiated Logout 1.0). @returns {string | undefined} */
export function endSession() {
  if (!end || !URL.canParse(end) || !/^https?:$/.test(new URL(end).protocol)) return undefined;
  const url = new URL(end);
  url.searchParams.set("client_id", config.clientId);
  return url.href;
}

async function comeBack(query) {
  const kept = sessionStorage.getItem(STORE + query.get("state"));
  sessionStorage.removeItem(STORE + query.get("state"));
  const { verifier, at, place } = kept ? JSON.parse(kept) : { place: "" };
  history.replaceState(null, "", location.pathname + place);
  // Not what this tab asked for: somebody else's code would sign the user in as somebody else.
  if (!kept) return goThere();
  if (query.has("error")) throw new Fault("first-step-refused", { error: query.get("error"), detail: query.get("error_description") });
  // Whoever was asked has to have answered.
  if (at.names && query.get("iss") !== at.issuer) throw new Fault("first-step-refused", { error: "iss" });
  const body = new URLSearchParams({ grant_type: "authorization_code", code: query.get("code"), redirect_uri: location.origin + location.pathname, client_id: config.clientId, code_verifier: verifier });
  const answer = await fetch(at.token, { method: "POST", body, credentials: "omit" }).catch(() => { throw new Fault("issuer-away"); });
  if (!answer.ok) throw new Fault("first-step-refused", { error: (await answer.json().catch(() => ({}))).error });
  token = `Bearer ${(await answer.json()).access_token}`;
  isTaken = false;
  end = at.end;
}

/** A screen that says what went wrong. @param {unknown} fault @param {() => Node} [elsewhere] makes another way on */
export function broken(fault, elsewhere) {
  const again = () => (fault.code === "first-step-refused" ? goThere({ prompt: "login" }).catch((other) => broken(other, elsewhere)) : location.reload());
  screen(() => ({
    title: t("title-fault"),
    body: [h("p", { class: "alert", role: "alert" }, saying(fault)), h("div", { class: "buttons" }, button("primary", t("try-again"), again), elsewhere?.())],
  }));
}

/** Keeps a second step, for what needs one. @param {string | undefined} assertion */
export function remember(assertion) {
  if (assertion && !assertions.includes(assertion)) assertions.unshift(assertion);
}

const RENEWED = "mfa-renewed";
const RENEWALS_A_MINUTE = 3;

/** Asks again as long as it can't be told whether it arrived: what has a key is done once. */
const TRIES = [1000, 1000, 2000, 3000, 4000, 5000, 5000, 5000];

/**
 * A request of the signed-in user.
 * @param {{key?: string, signal?: AbortSignal}} [how] `key`: an Idempotency-Key
 */
export async function send(method, path, body, { key, signal } = {}) {
  if (!token) await goThere();
  let last;
  for (const assertion of assertions.length > 0 ? [...assertions] : [undefined]) {
    const headers = { authorization: token, ...(assertion && { "mfa-assertion": assertion }) };
    try {
      const answer = await request(method, `/api/v1${path}`, body, { headers, key, signal });
      isTaken = true;
      return answer;
    } catch (fault) {
      if (!["second-step-required", "second-step-used"].includes(fault.code)) {
        if (fault.status === 401) return renew(fault);
        throw fault;
      }
      // One that is too old serves for nothing more; one that has served still does for other things.
      if (fault.code === "second-step-required") assertions = assertions.filter((a) => a !== assertion);
      last = fault;
    }
  }
  throw last;
}

function renew(fault) {
  if (whenOver) return whenOver();
  // A new token that is refused would be refused for ever; and where instances disagree, so would every one after it.
  const lately = JSON.parse(sessionStorage.getItem(RENEWED) ?? "[]").filter((at) => Date.now() - at < 60_000);
  if (!isTaken || lately.length >= RENEWALS_A_MINUTE) throw new Fault("first-step-refused", { error: fault.code });
  sessionStorage.setItem(RENEWED, JSON.stringify([...lately, Date.now()]));
  token = undefined;
  return goThere();
}

/** What is under way when the network goes is ended: it would hang. */
let network = new AbortController();
addEventListener("offline", () => {
  network.abort();
  network = new AbortController();
});

/** With the caller's own; alone, where the browser can't join two. @param {AbortSignal} [signal] */
const joined = (signal) => (signal ? AbortSignal.any?.([network.signal, signal]) ?? signal : network.signal);

/** Waits, or until the network is back. @param {number} ms */
function calm(ms) {
  const over = new AbortController();
  const back = new Promise((done) => { addEventListener("online", done, { once: true, signal: over.signal }); });
  return Promise.race([pause(ms), back]).finally(() => over.abort());
}

/** One request, and again while the network is away and that does no harm. */
export async function request(method, url, body, { headers, key, signal } = {}) {
  for (let tries = 0; ; tries++) {
    try {
      const answer = await once(method, url, body, { headers, key, signal });
      offline(false);
      return answer;
    } catch (fault) {
      if (signal?.aborted || !(fault instanceof Fault) || !["offline", "unavailable"].includes(fault.code)) throw fault;
      // What is there, or gone, is so however often it is asked for (RFC 9110 section 9.2.2).
      if ((!["GET", "DELETE"].includes(method) && !key) || tries === TRIES.length) throw fault;
      offline(fault.code === "offline");
      await calm(TRIES[tries]);
    }
  }
}

/** Without what makes a text look like another (Unicode's embeddings, overrides and isolates): others may have named what a page shows. */
const plain = (_, value) => (typeof value === "string" ? value.replace(/[\u202a-\u202e\u2066-\u2069]/g, "") : value);

async function once(method, url, body, { headers, key, signal }) {
  let answer;
  try {
    answer = await fetch(url, {
      method, signal: joined(signal), cache: "no-store", body: body && JSON.stringify(body),
      headers: { ...headers, "accept-language": language(), ...(body && { "content-type": "application/json" }), ...(key && { "idempotency-key": key }) },
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Fault("offline");
  }
  const json = await answer.text().then((text) => JSON.parse(text, plain)).catch(() => undefined);
  // What broke off in the middle is no answer.
  if (answer.ok && !json && answer.status !== 204) throw new Fault("offline");
  if (answer.ok) return json;
  throw new Fault(json?.code ?? "unavailable", { ...json, after: Number(answer.headers.get("retry-after")) || undefined }, answer.status);
}

function offline(is) {
  const line = document.getElementById("offline");
  if (is && !line) document.getElementById("main").before(h("p", { id: "offline", class: "alert", role: "alert" }, t("offline-trying")));
  if (!is) line?.remove();
}

/**
 * Shows what changes, until it is over.
 * @param {(path: string, signal: AbortSignal) => Promise<any>} get
 * @param {any} view where it stands
 * @param {(view: any) => boolean} show whether it is over
 * @param {AbortSignal} signal
 * @returns the last view; undefined where the signal ended it
 */
export async function follow(get, path, view, show, signal) {
  try {
    while (!show(view)) {
      try {
        view = await get(`${path}?wait=25&seen=${view.version}`, signal);
      } catch (fault) {
        if (signal.aborted || !(fault instanceof Fault) || ![0, 429, 503].includes(fault.status)) throw fault;
        await calm(2000);
      }
    }
    return view;
  } catch (fault) {
    if (signal.aborted) return undefined;
    throw fault;
  }
}

export const newKey = () => crypto.randomUUID();

/** Keys of what was asked and not yet answered: asked again, it is the same request. @type {Map<string, string>} */
const keys = new Map();

/** A request that creates something, done once however often it is pressed. */
export async function create(path, body) {
  const of = JSON.stringify([path, body]);
  if (!keys.has(of)) keys.set(of, newKey());
  try {
    const made = await send("POST", path, body, { key: keys.get(of) });
    keys.delete(of);
    return made;
  } catch (fault) {
    if (fault.status >= 400 && fault.status < 500) keys.delete(of);
    throw fault;
  }
}
