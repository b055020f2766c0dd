// The screens that set up a method, and the second step in place that a change asks for.
import { create, remember, send } from "./api.js";
import { button, Cancelled, chosen, copy, Fault, field, form, h, icon, isolate, keep, radios, saying, screen, t } from "./base.js";
import { endOf, isOver, Proof, toOf, waysOf } from "./proof.js";

const get = (path, signal) => send("GET", path, undefined, { signal });
const post = (path, body, key) => send("POST", path, body, { key });

/** What a method is called on a page. @param {{method: string, phone?: string, device?: {name: string}, label?: string}} method */
export const nameOf = (m) => m.device?.name ?? m.phone ?? m.label ?? t(`method-${m.method}`);

/**
 * Does what needs a second step; where it is asked for, the user takes it here, and then it is done.
 * @param {() => Promise<any>} act
 * @param {() => void} [show] shows the screen again that was there before; as it was left, where nothing else is said
 */
export async function withSecondStep(act, show = keep()) {
  try {
    return await act();
  } catch (fault) {
    if (!["second-step-required", "second-step-used"].includes(fault.code)) throw fault;
  }
  try {
    remember(await secondStep());
  } finally {
    show();
  }
  return act();
}

/** Hears of the way back in the history while a second step is on the screen: before the page does, which listens later. @type {(() => void) | undefined} */
let stepBack;
addEventListener("popstate", (event) => {
  if (!stepBack) return;
  event.stopImmediatePropagation();
  stepBack = stepBack();
});

async function secondStep() {
  let [cancelled, over, isBack, says] = [false, false, false, ""];
  // Where the usual way has to wait, the user chooses another.
  const challenge = await create("/me/challenges", {}).catch((fault) => {
    if (fault.status !== 429 || fault.code === "challenges-limit") throw fault;
    says = saying(fault);
    return create("/me/challenges", { contact: false });
  });
  const path = `/me/challenges/${challenge.id}`;
  const cancel = () => { cancelled = true; proof.stop(); };
  const proof = new Proof({ view: challenge, path, get, post, isOver, ways: waysOf, to: toOf, cancel, says });
  // An entry of its own in the history: the way back is to where it was asked for.
  history.pushState(null, "", location.href);
  const back = new Promise((done) => { stepBack = done; }).then(() => {
    isBack = true;
    if (!over) cancel();
  });
  screen(() => {
    proof.draw();
    return { title: t("title-second-step"), body: [h("p", { class: "soft" }, t("second-step-why")), proof.element] };
  });
  const end = await proof.run().finally(() => {
    over = true;
    if (!isBack) history.back();
    return back;
  });
  if (cancelled) send("DELETE", path).catch(() => {});
  if (cancelled || !end || end.state === "cancelled") throw new Cancelled();
  if (end.state !== "verified") throw new Fault(`end-${end.reason ?? end.state}`, { detail: endOf(end) });
  return end.assertion;
}

/** Digits grouped as the region's example has them, while they are typed at the end of the box. */
export function grouped(typed, example) {
  if (!/^[\d\s().-]*$/.test(typed)) return typed;
  const digits = typed.replace(/\D/g, "");
  let [at, out] = [0, ""];
  for (const sign of example) {
    if (at === digits.length) return out;
    out += /\d/.test(sign) ? digits[at++] : sign;
  }
  return out + digits.slice(at);
}

export class Enroll {
  #to;
  #proof;
  /** The enrollment on the screen, as long as it is not over. */
  #path;
  #drawn;
  #countries;

  /**
   * @param {object} to
   * @param {() => any} to.me the account
   * @param {(route: string, swap?: boolean) => void} to.go another screen; `swap`: in the place of this one in the history
   * @param {(view: any) => any} to.finished a method is set up
   * @param {() => void} [to.back] to where methods are added from, where there is such a page
   */
  constructor(to) {
    this.#to = to;
  }

  /** What is shown is left: a phone that rings for it stops ringing. */
  leave() {
    this.#proof?.stop();
    if (this.#path) send("DELETE", this.#path).catch(() => {});
    this.#proof = this.#path = this.#drawn = undefined;
  }

  choose() {
    const { policy, officePhone } = this.#to.me();
    if (policy.phones) this.#list();
    const card = (kind, route, says, off) => h("button", { type: "button", class: "pick", disabled: off, onclick: () => this.#to.go(route) }, icon(kind), h("span", {}, h("strong", {}, t(`choose-${kind}`)), h("span", { class: "soft" }, says)));
    screen(() => ({
      title: t("title-choose"), step: t("step", { step: 1 }),
      body: [h("div", { class: "picks" }, card("app", "app", t("choose-app-how")),
        policy.phones && card("call", "phone", t("choose-call-how")),
        policy.phones && card("office", "office", officePhone ? t("choose-office-how", { phone: officePhone }) : t("choose-office-none"), !officePhone)),
      policy.phones && !officePhone ? h("p", { class: "soft" }, t("office-ask-admin")) : null, this.#back() && h("div", { class: "buttons" }, this.#back())],
    }));
  }

  #back = () => this.#to.back && button("quiet", t("back"), this.#to.back);

  /** @param {{why?: string, name?: string}} [how] what it takes the place of */
  app(how = {}) {
    screen(() => {
      const choice = radios("mode", [["notification", t("app-notification"), t("app-notification-how")], ["code", t("app-code"), t("app-code-how")]]);
      return {
        title: t("title-app"), step: t("step", { step: 1 }),
        body: form([how.why && h("p", {}, t(how.why, how)), choice, h("p", { class: "soft" }, t("app-set-up-why"))], this.#back(), t("set-up"), () => this.#begin({ method: "mobileApp", mode: chosen(choice) })),
      };
    });
  }

  /** The countries, asked for before they are needed. */
  #list() {
    this.#countries ??= send("GET", "/countries");
    this.#countries.catch(() => { this.#countries = undefined; });
    return this.#countries;
  }

  /** @param {{title?: string, why?: string, step?: number, skip?: () => void}} [how] of a backup phone; its texts are keys */
  async phone(how = {}) {
    const typed = { region: undefined, number: "", delivery: "text" };
    const { items } = await this.#list();
    const home = navigator.languages.map((l) => l.split("-")[1]).find((r) => items.some((c) => c.region === r)) ?? { nl: "NL", en: "US" }[document.documentElement.lang];
    typed.region ??= items.some((c) => c.region === home) ? home : items[0]?.region;
    screen(() => {
      const options = items.map((c) => ({ value: c.region, text: `${c.name} (${isolate(`+${c.callingCode}`)})` }));
      const country = field(t("country"), { options, value: typed.region, autocomplete: "country", onchange: () => { typed.region = country.input.value; example(); } });
      const number = field(t("phone-number"), { type: "tel", inputmode: "tel", autocomplete: "tel-national", value: typed.number, required: true, oninput: () => write() }, " ");
      const example = () => { number.row.lastChild.textContent = t("phone-example", { example: of()?.example ?? "" }); };
      const of = () => items.find((c) => c.region === typed.region);
      const write = () => {
        const { input } = number;
        if (input.selectionStart === input.value.length && input.value.length > typed.number.length) input.value = grouped(input.value, of()?.example ?? "");
        typed.number = input.value;
      };
      const choice = radios("delivery", [["text", t("by-text"), t("by-text-how")], ["call", t("by-call"), t("by-call-how")]], typed.delivery);
      example();
      return {
        title: t(how.title ?? "title-phone"), step: t("step", { step: how.step ?? 1 }),
        body: form([how.why && h("p", {}, t(how.why, how)), country.row, number.row, choice, h("p", { class: "soft" }, t("phone-only-for"))],
          how.skip ? button("quiet", t("skip"), how.skip) : this.#back(), t(how.skip ? "next" : "contact-me"),
          () => {
            typed.delivery = chosen(choice);
            if (!typed.number.trim()) throw new Fault("number-missing");
            return this.#begin({ method: "authenticationPhone", region: typed.region, number: typed.number, delivery: typed.delivery });
          }),
      };
    });
  }

  office() {
    const { officePhone } = this.#to.me();
    screen(() => ({
      title: t("title-office"), step: t("step", { step: 1 }),
      body: form([field(t("office-number"), { value: officePhone, readonly: true, dir: "ltr" }, t("office-ask-admin")).row, h("p", {}, t("office-how"))], this.#back(), t("contact-me"), () => this.#begin({ method: "officePhone" })),
    }));
  }

  async #begin(body) {
    const at = location.hash;
    const made = await withSecondStep(() => create("/me/enrollments", body));
    // An app has to be set up first; a phone is contacted at once.
    const view = body.mode === "notification" ? made : await create(`/me/enrollments/${made.id}/contact`, {}).catch((refused) => ({ ...made, refused }));
    // Who went back meanwhile stays there, and nothing rings on.
    if (location.hash !== at) return send("DELETE", `/me/enrollments/${made.id}`).catch(() => {});
    if (view.refused && !view.refused.facts?.after) throw view.refused;
    return this.#to.go(`e/${made.id}`);
  }

  /** An enrollment, wherever it stands: after a reload and a way back too. */
  async open(id) {
    // Somebody else may have made the link: what is no id could lead the request elsewhere.
    if (!/^[\w-]+$/.test(id ?? "")) throw new Fault("not-found", { status: 404 });
    const path = `/me/enrollments/${id}`;
    const first = await send("GET", path);
    if (isOver(first)) return this.#ended(first);
    const proof = new Proof({
      view: first, path, get, post, isOver, seen: (view) => this.#seen(view),
      ways: (view) => (view.method !== "authenticationPhone" ? [] : ["text", "call"].map((how) => ({ how, icon: how, text: t(`way-${how}`, { to: view.phone }), body: { how } }))),
      to: (view) => view.phone ?? view.activation?.device?.name ?? t("your-phone"),
      cancel: () => this.#to.go("choose", true),
    });
    [this.#proof, this.#path] = [proof, path];
    this.#screen(first, proof);
    const end = await proof.run();
    if (!end || this.#proof !== proof) return undefined;
    this.#path = undefined;
    return this.#ended(end);
  }

  /** A device that was activated, or a contact that began, is another screen of the same enrollment. */
  #seen(view) {
    const kind = view.state === "awaitingActivation" ? "qr" : view.mode === "code" ? "code" : view.activation?.device?.name ?? "contact";
    if (this.#drawn !== undefined && this.#drawn !== kind && this.#proof) this.#screen(view, this.#proof);
    this.#drawn = kind;
  }

  #screen(view, proof) {
    const { activation, mode, method } = view;
    screen(() => {
      proof.draw();
      const qr = activation && !activation.device ? activationCard(activation, mode) : null;
      const device = activation?.device && h("p", { class: "found" }, icon("check"), t("device-found", { device: activation.device.name }));
      return {
        title: t(qr ? "title-activate" : method === "officePhone" ? "title-contact-office" : mode === "notification" ? "title-contact-app" : "title-contact-phone"), step: t("step", { step: 2 }),
        body: [device, qr, view.state === "awaitingActivation" ? h("p", { class: "waiting", role: "status" }, h("span", { class: "spinner", "aria-hidden": "true" }), t("activation-waits")) : proof.element],
      };
    });
  }

  #ended(view) {
    if (view.state === "verified") return this.#to.finished(view);
    screen(() => ({ title: t("title-not-set-up"), body: [h("p", { class: "alert", role: "alert" }, endOf(view)), h("div", { class: "buttons" }, button("primary", t("begin-again"), () => this.#to.go("choose", true)))] }));
    return undefined;
  }
}

function activationCard(activation, mode) {
  const typed = [...(mode === "notification" ? [["activation-code", activation.code], ["activation-url", activation.url]] : [["activation-account", `${activation.issuer} (${activation.accountName})`], ["activation-secret", activation.secretKey]])];
  // Of this service and of any authenticator on this device; nothing else is made a link.
  const link = /^(https?:|otpauth:)/.test(activation.qrContent);
  return h("div", { class: "activation" },
    h("ol", { class: "steps" }, h("li", {}, t(`activate-${mode}-1`)), h("li", {}, t(`activate-${mode}-2`))),
    h("img", { class: "qr", alt: t("qr-alt"), src: `data:image/svg+xml;base64,${btoa(activation.qrSvg)}` }),
    link ? h("a", { class: "here", href: activation.qrContent, ...(mode === "notification" && { target: "_blank", rel: "noopener" }) }, t("on-this-device")) : null,
    h("details", {}, h("summary", {}, t("cant-scan")), h("dl", {}, typed.map(([key, value]) => [h("dt", {}, t(key)), h("dd", {}, h("code", {}, value), " ", button("link", t("copy"), () => copy(value), { "aria-label": t("copy-of", { what: t(key) }) }))]))));
}
