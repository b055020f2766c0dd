import { decode } from "./base32.js";
import { Fault } from "./fault.js";

/**
 * @typedef {{algorithm: "SHA-1" | "SHA-256" | "SHA-512", digits: number, period: number}} Form how codes are made; the period in seconds
 * @typedef {Form & {issuer: string, name: string, secret: Uint8Array}} Seed an account as another service hands it over
 */

/**
 * A code by time (RFC 6238, over RFC 4226).
 * @param {CryptoKey} key an HMAC key of the form's algorithm
 * @param {number} step which period since 1970
 */
export async function code(key, form, step) {
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(step));
  const mac = new DataView(await crypto.subtle.sign("HMAC", key, counter.buffer));
  const at = mac.getUint8(mac.byteLength - 1) & 0xf;
  const number = (mac.getUint32(at) & 0x7fffffff) % 10 ** form.digits;
  return String(number).padStart(form.digits, "0");
}

/** @param {Form} form @param {number} now milliseconds since 1970 */
export const stepAt = (form, now) => Math.floor(now / 1000 / form.period);

/** @param {Form} form @param {number} now milliseconds @returns {number} whole seconds that the code still counts, 1 at least */
export const secondsLeft = (form, now) => form.period - Math.floor(now / 1000) % form.period;

/** @param {string} digits @returns {string} in the groups that people read: 3+3, 4+4 */
export function grouped(digits) {
  const half = Math.ceil(digits.length / 2);
  return `${digits.slice(0, half)} ${digits.slice(half)}`;
}

/**
 * Reads what others write for an algorithm: `SHA1`, `sha-256`, `HmacSHA512`; nothing is SHA-1.
 * @param {string | null | undefined} text
 */
export function algorithm(text) {
  const found = /^(?:HMAC)?SHA-?(1|256|512)$/i.exec(text || "SHA1");
  if (!found) throw new Fault("unknown-algorithm", { what: text });
  return /** @type {Form["algorithm"]} */ (`SHA-${found[1]}`);
}

/**
 * Takes an `otpauth://` URI apart. By hand: browsers do not agree on the URL class for such schemes.
 * @throws {Fault} `counter-based`, `bad-secret`, `unknown-algorithm`, `unknown-digits`, `unknown-period`, `not-a-code`
 */
export function parseOtpauth(uri) {
  const parts = /^otpauth:\/\/(totp|hotp)\/([^?#]*)\?([^#]*)/i.exec(uri);
  if (!parts) throw new Fault("not-a-code");
  if (parts[1].toLowerCase() === "hotp") throw new Fault("counter-based");
  const query = new URLSearchParams(parts[3]);
  const label = unescaped(parts[2]);
  const colon = label.indexOf(":");
  const [digits, period] = [Number(query.get("digits") || 6), Number(query.get("period") || 30)];
  if (digits !== 6 && digits !== 8) throw new Fault("unknown-digits");
  if (!Number.isInteger(period) || period < 1 || period > 86400) throw new Fault("unknown-period");
  return {
    issuer: (query.get("issuer") || label.slice(0, Math.max(colon, 0))).trim(),
    name: label.slice(colon + 1).trim(),
    secret: decode(query.get("secret") || ""),
    algorithm: algorithm(query.get("algorithm")),
    digits,
    period,
  };
}
function unescaped(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // A stray % is part of the name.
  }
}
