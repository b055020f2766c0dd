import { fromBase64 } from "./bytes.js";
import { ask } from "./device.js";
import * as store from "./store.js";

const WORKER = "/authenticator/sw.js";

/** Registers the service worker that makes the app start without a network. */
export const install = () => navigator.serviceWorker?.register(WORKER, { scope: "/authenticator" }).catch(() => undefined);

/** @returns {"on" | "ask" | "denied" | "missing"} whether this browser may show notifications */
export function permission() {
  if (!("PushManager" in self) || !("Notification" in self) || !navigator.serviceWorker) return "missing";
  return Notification.permission === "granted" ? "on" : Notification.permission === "denied" ? "denied" : "ask";
}

/** Asks the user; to be called from a press of a button, else browsers say no. */
export async function allow() {
  if (permission() === "ask") await Notification.requestPermission();
  return permission();
}

/**
 * Tells the service where to wake this device. A registration of a worker holds one subscription, for one sender's key: each service gets a
 * registration of its own, in a folder named after its key.
 * @returns {Promise<boolean>} whether the service knows a place to wake it
 */
export async function subscribe(account) {
  const { pushKey, pushed } = account.device;
  if (!pushKey || permission() !== "on") return false;
  const registration = await navigator.serviceWorker.register(WORKER, { scope: `/authenticator/push/${encodeURIComponent(pushKey)}` });
  await active(registration);
  const subscription = await registration.pushManager.getSubscription()
    ?? await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: fromBase64(pushKey) });
  if (subscription.endpoint === pushed) return true;
  const { endpoint, keys } = subscription.toJSON();
  await ask(account.device, "PUT", "/push", { endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth } });
  await store.update(account, (a) => { a.device.pushed = endpoint; });
  return true;
}

/** A new registration can't subscribe before its worker is active. @param {ServiceWorkerRegistration} registration */
async function active(registration) {
  const worker = registration.installing ?? registration.waiting;
  if (registration.active || !worker) return;
  await new Promise((resolve) => worker.addEventListener("statechange", () => ["activated", "redundant"].includes(worker.state) && resolve(undefined)));
}

/** Takes notifications away once the app shows what they told of. */
export async function clearNotifications() {
  for (const registration of await navigator.serviceWorker?.getRegistrations() ?? []) {
    for (const notification of await registration.getNotifications?.() ?? []) notification.close();
  }
}
