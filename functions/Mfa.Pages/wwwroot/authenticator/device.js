import { base64url, sha256, utf8 } from "./bytes.js";
import { Fault } from "./fault.js";

// What a device asks of its service, each request signed by the key of that account.

/** Milliseconds that a service's clock is ahead of this device's, by the address of the service. @type {Map<string, number>} */
const ahead = new Map();
// What the way of an answer takes is no fault of a clock.
const TOLERANCE_MS = 3000;

/** @param {string} base @returns {number} now by the clock of the service, as far as it told; milliseconds since 1970 */
export const serverNow = (base) => Date.now() + (ahead.get(base) ?? 0);

/** A key pair whose private half can't be read out. */
export const makeKey = () => crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);

/** @param {CryptoKey} key public @returns {Promise<JsonWebKey>} what a service needs of it, and no more */
export async function publicJwk(key) {
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", key);
  return { kty, crv, x, y };
}

/**
 * Asks the service of a device.
 * @param {string} path after /devices/{id}: "", "/push", "/requests?wait=25"
 * @param {object} [body]
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>} the answer's JSON, or null
 * @throws {Fault} `offline`, or the service's own code
 */
export async function ask(device, method, path, body, signal) {
  try {
    return await send(device, method, path, body, signal);
  } catch (fault) {
    // Clocks of phones are set by hand at times: the service says what time it is, and the request is signed anew.
    if (!(fault instanceof Fault && fault.code === "device-proof" && heardTime(device.base, fault.facts.serverTime * 1000))) throw fault;
    return send(device, method, path, body, signal);
  }
}

async function send(device, method, path, body, signal) {
  const url = new URL(`${device.base}/devices/${encodeURIComponent(device.id)}${path}`);
  const text = body === undefined ? "" : JSON.stringify(body);
  const headers = { Authorization: `MfaDevice ${await proof(device, method, url.pathname + url.search, text)}` };
  return request(url, method, headers, text, signal, (date) => heardTime(device.base, Date.parse(date ?? "")));
}

/** @param {string} base @param {number} time of the service, milliseconds since 1970; NaN where it told none @returns {boolean} whether it is one */
function heardTime(base, time) {
  const difference = time - Date.now();
  if (Number.isNaN(difference)) return false;
  if (Math.abs(difference - (ahead.get(base) ?? 0)) > TOLERANCE_MS) ahead.set(base, difference);
  return true;
}

/** @returns {Promise<string>} a compact JWS (RFC 7515) over method, target, time and body */
async function proof(device, htm, htu, body) {
  const header = { alg: "ES256", typ: "mfa-device+jwt", kid: device.id };
  const iat = Math.floor(serverNow(device.base) / 1000);
  const payload = { htm, htu, iat, jti: base64url(crypto.getRandomValues(new Uint8Array(16))), bh: await sha256(body) };
  const signed = [header, payload].map((part) => base64url(utf8(JSON.stringify(part)))).join(".");
  return `${signed}.${base64url(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, device.key, utf8(signed)))}`;
}

/**
 * A request to a service, whichever its origin: no cookies, no caches, no redirects.
 * @param {URL | string} url
 * @param {Record<string, string>} headers
 * @param {string} text the body; empty: none
 * @param {AbortSignal} [signal]
 * @param {(date: string | null) => void} [dated] hears when the answer was made; null at another origin that doesn't expose it
 * @throws {Fault} `offline`; the code of the problem (RFC 9457); `strange-answer` for what no service of this kind says
 */
export async function request(url, method, headers, text, signal, dated) {
  let answer, body;
  try {
    answer = await fetch(url, {
      method,
      headers: { Accept: "application/json", ...headers, ...(text && { "Content-Type": "application/json" }) },
      body: text || undefined,
      signal, cache: "no-store", credentials: "omit", redirect: "error", referrerPolicy: "no-referrer",
    });
    dated?.(answer.headers.get("Date"));
    body = await answer.text();
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Fault("offline");
  }
  const json = /json/.test(answer.headers.get("Content-Type") ?? "") ? parsed(body) : null;
  if (answer.ok && (json || !body)) return json;
  // A hotel's login page or a proxy may answer in the service's place: only a problem with a code is its word.
  throw new Fault(!answer.ok && typeof json?.code === "string" ? json.code : "strange-answer", json ?? {}, answer.status);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** @param {unknown} fault @returns {boolean} whether the service has the device no more: it says so, or refuses its proof though the time is right */
export const isRemoved = (fault) => fault instanceof Fault && (fault.code === "device-removed" || fault.code === "device-proof");
