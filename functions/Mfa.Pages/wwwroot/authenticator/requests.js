import { sha256 } from "./bytes.js";
import { canonical } from "./canonical.js";
import { ask, isRemoved, serverNow } from "./device.js";
import { Fault, isText } from "./fault.js";

/**
 * @typedef {{id: string, purpose: "enrollment" | "challenge", application: string, account: string, place?: string, ip?: string,
 *   context?: {title: string, details?: {label: string, value: string}[]}, match: "number" | "none", digits?: number,
 *   createdAt: string, expiresAt: string}} Item what waits for the user, as its service tells it
 * @typedef {{account: Account, item: Item}} Waiting
 */

// A browser keeps six connections to an origin at most (HTTP/1.1). Waiting takes three; answers need the others.
const LANES = 3;
const WAIT_SECONDS = 25;
const LONGEST_PAUSE = 60;

/** Asks the services of all devices what waits, as long as the app is in sight. */
export class Inbox {
  /**
   * @param {(account: Account, items: Item[]) => void} found
   * @param {(account: Account, removed: boolean) => void} heard whether its service took it off its list
   */
  constructor(found, heard) {
    this.found = found;
    this.heard = heard;
  }

  /** Begins anew, by asking everyone at once. @param {Account[]} accounts */
  start(accounts) {
    this.stop();
    this.running = new AbortController();
    const devices = accounts.filter((a) => a.device);
    for (const base of new Set(devices.map((a) => a.device.base))) {
      const group = devices.filter((a) => a.device.base === base);
      for (let lane = 0; lane < Math.min(LANES, group.length); lane++) {
        this.#wait(group.filter((_, i) => i % LANES === lane), this.running.signal);
      }
    }
  }

  stop() {
    this.running?.abort();
  }

  /** Several accounts on one lane take turns, so each waits a part of the time. */
  async #wait(accounts, signal) {
    const wait = Math.max(1, Math.floor(WAIT_SECONDS / accounts.length));
    const seen = new Map();
    let failures = 0;
    while (accounts.length > 0 && !signal.aborted) {
      const account = accounts.shift();
      const began = Date.now();
      try {
        // The first answer comes at once: nothing has been seen yet.
        const answer = await ask(account.device, "GET", `/requests?wait=${wait}${seen.has(account) ? `&seen=${seen.get(account)}` : ""}`, undefined, signal);
        seen.set(account, answer?.version);
        accounts.push(account);
        failures = 0;
        this.heard(account, false);
        this.found(account, Array.isArray(answer?.items) ? answer.items.filter(isItem) : []);
      } catch (fault) {
        if (signal.aborted) return;
        // Who is off the list needn't ask again until the app is opened next.
        if (isRemoved(fault)) this.heard(account, true);
        else accounts.push(account);
        failures++;
      }
      const pause = failures === 0 ? 1000 - (Date.now() - began) : Math.min(2 ** failures, LONGEST_PAUSE) * (500 + Math.random() * 500);
      await paused(pause, signal);
    }
  }
}

/** Whether it is whole. What is not, is not shown: one service must not keep the requests of the others from the user. @param {any} item */
function isItem(item) {
  const { id, purpose, application, account, place = "", ip = "", context, match, digits = 2, createdAt, expiresAt } = item ?? {};
  return isText(id, 200) && (purpose === "enrollment" || purpose === "challenge") && isText(application, 200) && isText(account, 320) && isText(place, 200) && isText(ip, 100)
    && (match === "number" || match === "none") && Number.isInteger(digits) && digits >= 1 && digits <= 8 && !Number.isNaN(Date.parse(createdAt)) && !Number.isNaN(Date.parse(expiresAt))
    && (context === undefined || (isText(context?.title, 500) && Array.isArray(context.details ?? []) && (context.details ?? []).every((d) => isText(d?.label, 500) && isText(d?.value, 500))));
}

/** @param {number} ms @param {AbortSignal} signal */
const paused = (ms, signal) => new Promise((resolve) => {
  if (ms <= 0 || signal.aborted) return resolve();
  const timer = setTimeout(resolve, ms);
  signal.addEventListener("abort", () => { clearTimeout(timer); resolve(); }, { once: true });
});

/**
 * Answers a request. What is signed names the hash of what was shown, so nothing else can be agreed to.
 * @param {{decision: "authenticate" | "deny" | "fraud", number?: string, pin?: string}} answer
 * @returns {Promise<string>} the state that it led to
 * @throws {Fault} `wrong-pin` (`triesLeft`), `device-locked`, `over`, `offline`
 */
export async function decide({ account, item }, answer) {
  try {
    const { state } = await ask(account.device, "POST", `/requests/${encodeURIComponent(item.id)}`, { ...answer, seen: await sha256(canonical(item)) }) ?? {};
    return state;
  } catch (fault) {
    throw fault instanceof Fault && fault.status === 410 ? new Fault("over") : fault;
  }
}

/** @param {Waiting} waiting @returns {number} whole seconds until the request expires; 0 when it has */
export const secondsLeft = ({ account, item }) => Math.max(0, Math.ceil((Date.parse(item.expiresAt) - serverNow(account.device.base)) / 1000));
