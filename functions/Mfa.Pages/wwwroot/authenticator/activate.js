import { decode } from "./base32.js";
import { algorithm } from "./codes.js";
import { makeKey, publicJwk, request } from "./device.js";
import { Fault, isText } from "./fault.js";
import * as store from "./store.js";

/**
 * Activates an account of a service of this kind.
 * @param {{name: string, pin?: string}} given
 * @throws {Fault} `pin-required`, `pin-unfit`, `wrong-code` (`triesLeft`), `activation-over` and the like, `offline`
 */
export async function activate({ code, url }, { name, pin }) {
  const pair = await keyFor(url);
  const device = { name, platform: "web", publicKey: await publicJwk(pair.publicKey) };
  let answer;
  try {
    answer = await request(url, "POST", {}, JSON.stringify({ code, device, ...(pin && { pin }) }));
  } catch (fault) {
    if (fault instanceof Fault && (fault.status === 404 || fault.status === 410)) await store.setValue(pending(url), undefined);
    throw fault;
  }
  const account = await keep(answer, url, name, pair.privateKey);
  await store.setValue(pending(url), undefined);
  return account;
}

/**
 * The key of this activation, on disk before it is sent: if the answer is lost, or the window closed, the same code and the same key give
 * the same answer again.
 */
async function keyFor(url) {
  const kept = await store.value(pending(url));
  if (kept) return kept;
  const made = await makeKey();
  await store.setValue(pending(url), made);
  return made;
}

const pending = (url) => `activation ${url}`;

/** The answer, if all of it is what it has to be: what is kept is shown at every start, and a service may be anybody. */
function checked(answer) {
  const { deviceId, issuer, accountName, totp, pinLength = 4, pushKey } = answer ?? {};
  const whole = (number, least, most) => Number.isInteger(number) && number >= least && number <= most;
  const fits = isText(deviceId, 200) && deviceId && isText(issuer, 100) && isText(accountName, 320) && whole(pinLength, 1, 16)
    && (pushKey == null || (isText(pushKey, 100) && /^[\w-]+=*$/.test(pushKey)))
    && (totp == null || (isText(totp.secret, 500) && (totp.digits === 6 || totp.digits === 8) && whole(totp.period, 1, 86400)));
  if (!fits) throw new Fault("strange-answer");
  return { ...answer, pinLength, pushKey: pushKey ?? undefined };
}

async function keep(answer, url, name, key) {
  const { deviceId, issuer, accountName, totp, pinRequired, pinLength, pushKey } = checked(answer);
  const base = url.slice(0, url.lastIndexOf("/activations/"));
  const facts = {
    issuer: issuer || new URL(url).host, name: accountName,
    algorithm: algorithm(totp?.algorithm), digits: totp?.digits ?? 6, period: totp?.period ?? 30,
  };
  const known = await store.accounts();
  const device = { id: deviceId, base, key, name, pin: pinRequired === true, pinLength, pushKey };
  const account = await store.add(facts, totp && decode(totp.secret), device);
  // The same account set up again: what the service had taken off its list gives its place to the new one.
  const same = known.filter((a) => a.device?.base === base && (a.device.id === deviceId || (a.device.trouble === "removed" && a.issuer === facts.issuer && a.name === facts.name)));
  for (const old of same) {
    await store.update(account, (a) => { a.order = old.order; });
    await store.forget(old.id);
  }
  return account;
}
