import { parseOtpauth } from "./codes.js";
import { Fault } from "./fault.js";
import { parseMigration } from "./migration.js";

/**
 * @typedef {{code: string, url: string}} Activation
 * @typedef {{kind: "activation", activation: Activation}
 *   | {kind: "seed", seed: Seed}
 *   | ({kind: "export"} & ReturnType<typeof parseMigration>)} Found
 */

/**
 * What a scanned, pasted or opened text is.
 * @throws {Fault} `not-a-code`, or what is wrong with it
 */
export function read(text) {
  const trimmed = text.trim();
  if (/^otpauth-migration:/i.test(trimmed)) return { kind: "export", ...parseMigration(trimmed) };
  if (/^otpauth:/i.test(trimmed)) return { kind: "seed", seed: parseOtpauth(trimmed) };
  const hash = trimmed.indexOf("#");
  const activation = hash < 0 ? null : fromFragment(trimmed.slice(hash));
  if (!activation) throw new Fault("not-a-code");
  return { kind: "activation", activation };
}

/**
 * The activation in the fragment of our own link: a fragment is never sent to a server, so the code is in no log.
 * @param {string} fragment `#code=…&url=…`
 * @throws {Fault} `bad-url`
 */
export function fromFragment(fragment) {
  const values = new URLSearchParams(fragment.replace(/^#/, ""));
  const [code, url] = [values.get("code"), values.get("url")];
  return code && url ? { code, url: checkedUrl(url) } : null;
}

/**
 * What people type. Base32 has no 0, 1 and 8, so they are the letters they look like.
 * @param {string} url with or without https://
 * @throws {Fault} `bad-code`, `bad-url`
 */
export function typed(code, url) {
  const letters = code.toUpperCase().replace(/[\s-]/g, "").replaceAll("0", "O").replaceAll("1", "I").replaceAll("8", "B");
  if (!/^[A-Z2-7]{8}$/.test(letters)) throw new Fault("bad-code");
  const whole = url.trim();
  return { code: `${letters.slice(0, 4)}-${letters.slice(4)}`, url: checkedUrl(/^https?:/i.test(whole) ? whole : `https://${whole}`) };
}

/** Encrypted, or this very machine's. @param {string} text */
function checkedUrl(text) {
  const url = URL.canParse(text) ? new URL(text) : null;
  const own = url?.protocol === "http:" && ["127.0.0.1", "localhost"].includes(url.hostname);
  if (!url || !(own || url.protocol === "https:") || url.username || !/\/activations\/[^/]+$/.test(url.pathname)) throw new Fault("bad-url");
  return url.href;
}
