import { base64url, sha256, utf8 } from "./bytes.js";
import { Fault } from "./fault.js";

// What a device asks of its service, each request signed by the key of that account.

/** Milliseconds that a service's clock is ahead of this device's, by the address of the service. @type {Map<string, number>} */
const ahead = new Map();

/** @param {string} base @returns {number} now by the clock of the service, as far as it told; milliseconds since 1970 */
export const serverNow = (base) => Date.now() + (ahead.get(base) ?? 0);

/** A key pair whose private half can't be read out. @returns {Promise<CryptoKeyPair>} */
export const makeKey = () => crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);

/** @param {CryptoKey} key public @returns {Promise<JsonWebKey>} what a service needs of it, and no more */
export async function publicJwk(key) {
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", key);
  return { kty, crv, x, y };
}

/**
 * Asks the service of a device.
 * @param {import("./store.js").Device} device
 * @param {string} method
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
    const time = fault instanceof Fault && fault.code === "device-proof" ? Date.parse(fault.facts.serverTime) : NaN;
    if (Number.isNaN(time)) throw fault;
    // Clocks of phones are set by hand at times: the service says what time it is, and the request is signed anew.
    ahead.set(device.base, time - Date.now());
    return send(device, method, path, body, signal);
  }
}

async function send(device, method, path, body, signal) {
  const url = new URL(`${device.base}/devices/${encodeURIComponent(device.id)}${path}`);
  const text = body === undefined ? "" : JSON.stringify(body);
  const headers = { Authorization: `MfaDevice ${await proof(device, method, url.pathname + url.search, text)}` };
  return request(url, method, headers, text, signal);
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
 * @param {string} method
 * @param {Record<string, string>} headers
 * @param {string} text the body; empty: none
 * @param {AbortSignal} [signal]
 * @throws {Fault} `offline`; the code of the problem (RFC 9457); `strange-answer` for what no service of this kind says
 */
export async function request(url, method, headers, text, signal) {
  let answer, body;
  try {
    answer = await fetch(url, {
      method,
      headers: { Accept: "application/json", ...headers, ...(text && { "Content-Type": "application/json" }) },
      body: text || undefined,
      signal, cache: "no-store", credentials: "omit", redirect: "error", referrerPolicy: "no-referrer",
    });
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

/**
 * What a refusal says about the device itself.
 * @param {unknown} fault
 * @returns {import("./store.js").Device["trouble"]}
 */
export function troubleOf(fault) {
  if (!(fault instanceof Fault)) return undefined;
  if (fault.code === "device-locked") return "locked";
  // With the right time its proof is refused still, or nobody knows it: the service took it off its list.
  if (fault.code !== "strange-answer" && (fault.status === 401 || fault.status === 404)) return "removed";
  return undefined;
}
