// The second step on a page: an enrollment or a challenge that is proved with "Contact me", as it goes on, in words.
import { follow, newKey } from "./api.js";
import { alertLine, button, field, h, has, icon, saying, t } from "./base.js";

const isRunning = (v) => v !== undefined && ["delivering", "waiting"].includes(v.state);
const secondsTo = (time) => Math.max(0, Math.ceil((new Date(time) - Date.now()) / 1000));

/** Why a verification did not succeed, and what to do. @param {any} v */
export function why(v) {
  const key = [v.reason, v.state].find((k) => k && has(`reason-${k}`));
  return key ? t(`reason-${key}`) : t("reason-failed");
}

/** How something ended, in words. @param {any} view of an enrollment or a challenge */
export function endOf(view) {
  const keysOf = [view.reason, view.verification?.reason, view.state].filter(Boolean).map((k) => `end-${k}`);
  return t(keysOf.find(has) ?? "end-failed");
}

/** The ways of a challenge, as its page offers them. */
export function waysOf(view) {
  return view.methods.flatMap((m) => m.hows.map((how) => ({
    how, other: m.id !== view.methodId, icon: how, text: t(how === "code" && !m.label ? "way-code-app" : `way-${how}`, { to: m.label ?? t(`method-${m.method}`) }), body: { methodId: m.id, how },
  })));
}

/** @param {any} view of a challenge @returns {string} whom it goes to */
export const toOf = (view) => view.verification?.sentTo ?? view.methods.find((m) => m.id === view.methodId)?.label ?? t("your-phone");

export const isOver = (view) => !["open", "awaitingActivation", "readyToContact", "contacting"].includes(view.state);

export class Proof {
  #of;
  #view;
  #over = new AbortController();
  /** What is under way: pressed again it is not done again, but something else is. */
  #busy = new Set();
  #typesRecovery = false;
  /** Whether the user looks at the other ways. */
  #isOpen = false;
  #status = h("div", { class: "status", role: "status" });
  #wrong = alertLine();
  #form = h("form", { class: "code", novalidate: true, onsubmit: (event) => this.#verify(event) });
  #extra = h("div", { class: "extra" });
  #actions = h("div", { class: "actions" });
  #input;

  /** What a page puts on its screen. */
  element = h("div", { class: "proof" }, this.#status, this.#extra, this.#form, this.#wrong, this.#actions);

  /**
   * @param {object} of
   * @param {any} of.view where it stands
   * @param {string} of.path the enrollment's or challenge's
   * @param {(path: string, signal: AbortSignal) => Promise<any>} of.get
   * @param {(path: string, body: any, key?: string) => Promise<any>} of.post
   * @param {(view: any) => boolean} of.isOver
   * @param {(view: any) => {text: string, icon: string, body: any}[]} of.ways other ways to be contacted
   * @param {(view: any) => string} of.to whom it goes to, as a page shows it
   * @param {(view: any) => void} [of.seen] hears of each view
   * @param {() => any} [of.cancel]
   * @param {boolean} [of.isBlind] whether a version tells only that it is another one: of a caller that may not learn who exists
   * @param {string} [of.says] what the user has to know at first
   * @param {() => any} [of.extra] what stands above the other ways, such as "remember this browser"
   */
  constructor(of) {
    this.#of = of;
    this.#view = of.view;
    this.draw();
    this.#wrong.textContent = of.says ?? "";
  }

  /** Goes on until it is over. @returns the last view; undefined where it was stopped */
  async run() {
    const clock = setInterval(() => this.#tick(), 1000);
    this.#listenForText();
    try {
      return await follow(this.#of.get, this.#of.path, this.#view, (view) => this.#show(view), this.#over.signal);
    } finally {
      clearInterval(clock);
      this.#over.abort();
    }
  }

  stop = () => this.#over.abort();

  #show(view) {
    // An older answer that came late is not shown.
    if (this.#of.isBlind || view.version >= this.#view.version || this.#of.isOver(view)) this.#view = view;
    this.#of.seen?.(this.#view);
    if (!this.#of.isOver(this.#view)) this.draw();
    return this.#of.isOver(this.#view);
  }

  /** What is asked for now. */
  #now() {
    const { verification: v, how, mode, delivery, number, state } = this.#view;
    const runs = isRunning(v);
    const asked = this.#typesRecovery ? "recovery" : (runs && v.how) || how || mode || delivery || "call";
    // A caller that may not learn who exists sees no verification: it waits until it is over.
    const blind = this.#of.isBlind && state === "open";
    const started = runs || blind || (state === "open" && !v && asked !== "call" && asked !== "text" && asked !== "notification");
    // A number is not torn apart at the end of a line.
    const to = this.#of.to(this.#view).replace(/^\+.*/, (phone) => phone.replaceAll(" ", "\u00a0"));
    return { v, asked, runs, started, number: number ?? v?.number, facts: { to, number: number ?? v?.number } };
  }

  draw() {
    const now = this.#now();
    this.#drawStatus(now);
    this.#drawForm(now);
    this.#drawExtra();
    this.#drawActions(now);
    this.#tick();
  }

  #drawStatus({ v, asked, started, number, facts }) {
    const phase = asked !== "call" ? "" : v?.retryAt && v.call !== "answered" ? "-again" : v?.call ? `-${v.call}` : "";
    const key = this.#typesRecovery ? "ask-recovery" : !started ? undefined : `ask-${asked}${phase}${number && has(`ask-${asked}${phase}-number`) ? "-number" : ""}`;
    const ready = !started && !v;
    const lines = [];
    if (v && v.state !== "verified" && (!started || (v.reason && v.retryAt))) lines.push(why(v));
    if (key ?? ready) lines.push(t(key ?? (has(`ready-${asked}`) ? `ready-${asked}` : "ready"), facts));
    const said = lines.join(" ") + (started ? number ?? "" : "");
    if (this.#status.dataset.said === said && this.#status.lang === document.documentElement.lang) return;
    this.#status.dataset.said = said;
    this.#status.lang = document.documentElement.lang;
    this.#status.className = `status ${started ? asked : ready ? "ready" : "stopped"} ${asked === "call" ? v?.call ?? "" : ""}`;
    this.#status.replaceChildren(
      h("span", { class: "signal", "aria-hidden": "true" }, icon(!started && !ready ? "warning" : asked === "recovery" ? "key" : asked)),
      h("div", {}, lines.map((line) => h("p", {}, line)), started && number && asked !== "recovery" ? h("p", { class: "number" }, number) : null));
  }

  #drawForm({ asked, started }) {
    // An enrollment of the app is proved by its notification alone.
    const typed = this.#typesRecovery || (started && (asked === "text" || asked === "code" || (asked === "notification" && this.#view.methods)));
    const kind = typed ? `${asked} ${document.documentElement.lang}` : "";
    if (this.#form.dataset.kind === kind) return;
    this.#form.dataset.kind = kind;
    this.#wrong.textContent = "";
    if (!typed) {
      this.#form.replaceChildren();
      return;
    }
    const kept = this.#input?.value ?? "";
    const props = asked === "recovery" ? { autocapitalize: "characters", maxlength: "40" } : { inputmode: "numeric", autocomplete: "one-time-code", maxlength: "12" };
    const { row, input } = field(t(`code-of-${asked}`), { ...props, dir: "ltr", value: asked === "recovery" ? "" : kept, required: true, "data-focus": asked !== "notification" });
    this.#input = input;
    this.#form.replaceChildren(row, button(asked === "notification" ? "quiet" : "primary", t("verify")));
    if (asked !== "notification" && this.element.isConnected) input.focus();
  }

  #drawExtra() {
    if (this.#extra.lang === document.documentElement.lang) return;
    this.#extra.lang = document.documentElement.lang;
    this.#extra.replaceChildren(...[this.#of.extra?.() ?? []].flat());
  }

  #drawActions({ v, asked, runs, started }) {
    const again = (text, body, props) => button(started ? "quiet" : "primary", text, () => this.#contact(body), props);
    const actions = [];
    if (this.#typesRecovery) actions.push(button("quiet", t("back"), () => this.#recovery(false)));
    else if (!started) actions.push(again(t(v ? "contact-again" : "contact-me"), {}));
    else if (this.#of.isBlind && asked !== "code") actions.push(again(t("contact-again"), { resend: true }));
    else if (runs && asked === "text" && v.attempt < v.attempts) actions.push(again(t("send-again"), { resend: true }, { "data-until": v.retryAt }), h("p", { class: "soft wait", "data-wait": "wait-text" }));
    else if (runs && asked === "call" && v.retryAt) actions.push(again(t("call-now"), { resend: true }), h("p", { class: "soft wait", "data-wait": "wait-call" }));
    const ways = this.#typesRecovery ? [] : this.#of.ways(this.#view).filter((way) => way.how !== asked || way.other);
    const list = ways.map((way) => button("way", [icon(way.icon), h("span", {}, way.text)], () => this.#contact(way.body)));
    if (!this.#typesRecovery && this.#view.recoveryCode) list.push(button("way", [icon("key"), h("span", {}, t("use-recovery"))], () => this.#recovery(true)));
    const drawn = JSON.stringify([document.documentElement.lang, asked, started, actions.length, v?.attempt, v?.retryAt, ways.map((w) => w.text), this.#view.recoveryCode]);
    // What is under a finger, or has the focus, stays.
    if (this.#actions.dataset.drawn === drawn) return;
    this.#actions.dataset.drawn = drawn;
    const open = this.#isOpen || !started;
    this.#actions.replaceChildren(...actions,
      ...(list.length > 0 ? [h("details", { class: "ways", open, ontoggle: (event) => { this.#isOpen = event.target.open; } }, h("summary", {}, t("another-way")), h("div", {}, list))] : []),
      ...(this.#of.cancel ? [button("link", t("cancel"), () => this.#do("cancel", async () => this.#of.cancel()))] : []));
  }

  #recovery(types) {
    this.#typesRecovery = types;
    this.draw();
  }

  /** What counts down is for the eye: a screen reader is not told every second. */
  #tick() {
    const { v } = this.#now();
    for (const line of this.#actions.querySelectorAll("[data-wait]")) {
      const left = v?.retryAt ? secondsTo(v.retryAt) : 0;
      line.textContent = left > 0 ? t(line.dataset.wait, { seconds: left }) : "";
      const send = this.#actions.querySelector("[data-until]");
      if (send) send.disabled = left > 0;
    }
  }

  /** @param {string} kind @param {() => Promise<void>} what */
  async #do(kind, what) {
    if (this.#busy.has(kind)) return;
    this.#busy.add(kind);
    this.element.setAttribute("aria-busy", "true");
    this.#wrong.textContent = "";
    try {
      await what();
    } catch (fault) {
      if (!this.#over.signal.aborted) this.#wrong.textContent = saying(fault);
    } finally {
      this.#busy.delete(kind);
      if (this.#busy.size === 0) this.element.removeAttribute("aria-busy");
    }
  }

  #contact(body) {
    this.#typesRecovery = false;
    const key = newKey();
    return this.#do("contact", async () => this.#show(await this.#of.post(`${this.#of.path}/contact`, body, key)));
  }

  #verify(event) {
    event.preventDefault();
    const code = this.#input.value.trim();
    if (!code) {
      this.#wrong.textContent = t("code-missing");
      this.#input.focus();
      return undefined;
    }
    return this.#do("verify", async () => {
      try {
        // The loop that follows it sees what comes of it; the answer only comes sooner.
        this.#show(await this.#of.post(`${this.#of.path}/verify`, { code }));
      } catch (fault) {
        this.#input.select();
        this.#input.focus();
        throw fault;
      }
    });
  }

  /** A browser that reads texts may bring the code (WebOTP). */
  async #listenForText() {
    if (!("OTPCredential" in window)) return;
    try {
      const { code } = await navigator.credentials.get({ otp: { transport: ["sms"] }, signal: this.#over.signal });
      if (!this.#input || this.#form.dataset.kind.split(" ")[0] !== "text") return;
      this.#input.value = code;
      this.#form.requestSubmit();
    } catch {
      // It has none, or may not.
    }
  }
}
