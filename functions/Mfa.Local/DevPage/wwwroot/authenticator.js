// What an authenticator app would show (RFC 6238: SHA-1, six digits, 30 seconds), so that a code can be tried without one.

export async function codeNow(otpauth) {
  const secret = base32(new URL(otpauth).searchParams.get("secret"));
  const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-1" }, false, ["sign"]);
  const step = new DataView(new ArrayBuffer(8));
  step.setBigUint64(0, BigInt(Math.floor(Date.now() / 30000)));
  const hash = new DataView(await crypto.subtle.sign("HMAC", key, step.buffer));
  const number = (hash.getUint32(hash.getUint8(19) & 0xf) & 0x7fffffff) % 1000000;
  return String(number).padStart(6, "0");
}

function base32(text) {
  const bits = [...text.replaceAll("=", "")].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
  return Uint8Array.from(bits.match(/.{8}/g), (byte) => parseInt(byte, 2));
}
