import { fromBase64 } from "./bytes.js";
import { Fault } from "./fault.js";

// Google Authenticator's export: a protobuf message in the link's `data`. Its fields, as in its published form:
// payload {1: accounts, 3: batch size, 4: batch index}; account {1: secret, 2: name, 3: issuer, 4: algorithm, 5: digits, 6: type}.
const ALGORITHMS = { 0: "SHA-1", 1: "SHA-1", 2: "SHA-256", 3: "SHA-512" };
const DIGITS = { 0: 6, 1: 6, 2: 8 };
const COUNTER_BASED = 1;

/**
 * @param {string} uri `otpauth-migration://offline?data=…`
 * @returns {{seeds: Seed[], refused: {name: string, why: string}[], batch: number, batches: number}} what can be taken; what can't, and why
 * @throws {Fault} `bad-export`
 */
export function parseMigration(uri) {
  try {
    const data = new URLSearchParams(uri.slice(uri.indexOf("?"))).get("data") ?? "";
    // An unescaped + reads as a space.
    const payload = fields(fromBase64(data.replaceAll(" ", "+")));
    const accounts = payload.filter(([field]) => field === 1).map(([, bytes]) => account(Object.fromEntries(fields(bytes))));
    if (accounts.length === 0) throw new Fault("bad-export");
    const { 3: batches = 1, 4: batch = 0 } = Object.fromEntries(payload.filter(([field]) => field !== 1));
    return { seeds: accounts.filter((a) => !a.why), refused: accounts.filter((a) => a.why), batch: batch + 1, batches };
  } catch {
    throw new Fault("bad-export");
  }
}

/** @param {Record<number, any>} of */
function account(of) {
  const text = (/** @type {Uint8Array | undefined} */ bytes) => bytes ? new TextDecoder().decode(bytes) : "";
  const label = text(of[2]);
  const issuer = text(of[3]) || (label.includes(":") ? label.slice(0, label.indexOf(":")) : "");
  const name = (label.startsWith(`${issuer}:`) ? label.slice(issuer.length + 1) : label).trim();
  const [algorithm, digits] = [ALGORITHMS[of[4] ?? 0], DIGITS[of[5] ?? 0]];
  if (of[6] === COUNTER_BASED) return { name: label, why: "counter-based" };
  if (!algorithm || !digits || !of[1]?.length) return { name: label, why: "unknown-algorithm" };
  return { issuer, name, secret: of[1], algorithm, digits, period: 30 };
}

/**
 * The fields of a protobuf message: numbers (wire type 0) and bytes (wire type 2); there are no others here.
 * @returns {[number, any][]}
 */
function fields(bytes) {
  const found = [];
  let at = 0;
  const varint = () => {
    for (let value = 0, scale = 1; at < bytes.length; scale *= 128) {
      const byte = bytes[at++];
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    throw new Fault("bad-export");
  };
  while (at < bytes.length) {
    const tag = varint();
    const value = varint();
    if ((tag & 7) === 0) {
      found.push([tag >> 3, value]);
    } else if ((tag & 7) === 2 && at + value <= bytes.length) {
      found.push([tag >> 3, bytes.slice(at, at += value)]);
    } else {
      throw new Fault("bad-export");
    }
  }
  return found;
}
