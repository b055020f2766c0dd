import { Fault } from "./fault.js";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/**
 * Decodes base32 (RFC 4648, section 6) as people copy it: in groups, in small letters, with or without padding.
 * @throws {Fault} `bad-secret`
 */
export function decode(text) {
  const letters = text.replace(/[\s=-]/g, "").toUpperCase();
  const bytes = new Uint8Array(Math.floor(letters.length * 5 / 8));
  let [bits, held, at] = [0, 0, 0];
  for (const letter of letters) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) throw new Fault("bad-secret");
    bits = (bits << 5 | value) & 0xfff;
    held += 5;
    if (held >= 8) {
      held -= 8;
      bytes[at++] = bits >> held & 0xff;
    }
  }
  if (at === 0) throw new Fault("bad-secret");
  return bytes;
}
