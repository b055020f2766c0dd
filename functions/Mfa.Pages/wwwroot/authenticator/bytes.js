// Bytes, and the forms in which they travel.

/**
 * @param {ArrayBuffer | Uint8Array} bytes
 * @returns {string} base64url without padding (RFC 4648, section 5)
 */
export function base64url(bytes) {
  return btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {string} text base64 or base64url, padded or not */
export function fromBase64(text) {
  const plain = text.replaceAll("-", "+").replaceAll("_", "/").replaceAll("=", "");
  return Uint8Array.from(atob(plain), (c) => c.charCodeAt(0));
}

/** @param {string} text @returns {Uint8Array} its UTF-8 */
export const utf8 = (text) => new TextEncoder().encode(text);

/** @param {string} text @returns {Promise<string>} base64url(SHA-256) of its UTF-8 */
export const sha256 = async (text) => base64url(await crypto.subtle.digest("SHA-256", utf8(text)));
