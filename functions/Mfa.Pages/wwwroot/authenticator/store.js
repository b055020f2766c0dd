// What this device keeps, in IndexedDB. Keys lie there as CryptoKey objects that no script can read out.

/**
 * @typedef {{id: string, base: string, key: CryptoKey, name: string, pin: boolean, pinLength: number, pushKey?: string,
 *   pushed?: string, trouble?: "removed" | "locked"}} Device the key of this account at its service; `base` ends in /api/v1
 * @typedef {Form & {id: string, order: number, issuer: string, name: string,
 *   sealed?: {iv: Uint8Array, data: ArrayBuffer}, device?: Device}} Account
 */

/** @type {Promise<IDBDatabase> | undefined} */
let opened;

function database() {
  return opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("authenticator", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("accounts", { keyPath: "id" });
      request.result.createObjectStore("values");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * @template T
 * @param {"accounts" | "values"} store
 * @param {(store: IDBObjectStore) => IDBRequest<T>} act
 * @returns {Promise<T>} once it is on disk, not only asked for
 */
async function within(store, mode, act) {
  const transaction = (await database()).transaction(store, mode, { durability: "strict" });
  const request = act(transaction.objectStore(store));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

/** @returns {Promise<Account[]>} in the user's order */
export const accounts = async () => (await within("accounts", "readonly", (s) => s.getAll())).sort((a, b) => a.order - b.order);

/**
 * Changes an account as it stands on disk: another window may have changed it since it was read, or removed it, and then it stays removed.
 * @param {Account} account as the caller holds it; it is changed too
 * @param {(account: Account) => void} change
 */
export async function update(account, change) {
  change(account);
  await within("accounts", "readwrite", (s) => {
    const reading = s.get(account.id);
    reading.onsuccess = () => {
      if (!reading.result) return;
      change(reading.result);
      s.put(reading.result);
    };
    return reading;
  });
}
export const forget = (id) => within("accounts", "readwrite", (s) => s.delete(id));
export const value = (name) => within("values", "readonly", (s) => s.get(name));

/** @param {string} name @param {any} value undefined takes it away */
export const setValue = (name, value) => within("values", "readwrite", (s) => value === undefined ? s.delete(name) : s.put(value, name));

/**
 * A new account of these facts, with its seed sealed.
 * @param {Omit<Seed, "secret">} facts
 * @param {Uint8Array} [secret] none: an account that only takes notifications
 * @param {Device} [device]
 */
export async function add({ issuer, name, algorithm, digits, period }, secret, device) {
  const id = crypto.randomUUID();
  const order = Math.max(0, ...(await accounts()).map((a) => a.order)) + 1;
  const account = { id, order, issuer, name, algorithm, digits, period, ...(secret && { sealed: await seal(secret, id) }), ...(device && { device }) };
  await within("accounts", "readwrite", (s) => s.put(account));
  // Asks the browser not to clear this away when space runs short.
  navigator.storage?.persist?.().catch(() => {});
  return account;
}

/** @param {Uint8Array} secret @param {string} id bound to its account: it opens in no other */
async function seal(secret, id) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(id) }, await sealKey(), secret) };
}

/** The key of an account's codes. It is unwrapped straight into a key that can't be read out, so that no script ever holds the seed again. */
export async function codeKey({ id, sealed, algorithm }) {
  const wrap = { name: "AES-GCM", iv: sealed.iv, additionalData: new TextEncoder().encode(id) };
  return crypto.subtle.unwrapKey("raw", sealed.data, await sealKey(), wrap, { name: "HMAC", hash: algorithm }, false, ["sign"]);
}

async function sealKey() {
  // Two windows that make one at the same time: add() fails for the second, which then takes the first one's.
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt", "unwrapKey"]);
  return (await value("seal")) ?? within("values", "readwrite", (s) => s.add(made, "seal")).then(() => made, () => value("seal"));
}
