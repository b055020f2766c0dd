import { Fault } from "../fault.js";
import { decide, secondsLeft } from "../requests.js";
import { locale, t } from "../words.js";
import { alertLine, button, calm, h, icon, saying, Sheet } from "./dom.js";
import { pad } from "./pad.js";

/** The screen of one request: what is asked, by whom, from where, and the answer. */
export class RequestSheet {
  /** @param {{closed: (answered: boolean) => void, locked: () => void}} app */
  constructor(waiting, { closed, locked }) {
    this.waiting = waiting;
    this.locked = locked;
    this.over = false;
    this.sheet = new Sheet({ kind: "request", onclose: () => { clearInterval(this.timer); closed(this.over); } });
    // Digits that are typed mean the field of digits, wherever the focus is.
    this.sheet.dialog.addEventListener("keydown", (event) => { if (/^\d$/.test(event.key)) this.sheet.main.querySelector("#pad")?.focus(); });
    this.left = h("span", { class: "left", role: "timer" });
    this.pin = "";
    this.number = "";
    this.askPin = waiting.account.device.pin;
    this.#ask();
    this.timer = setInterval(() => this.tick(), 500);
    this.tick();
  }

  /** The request is on the service's list no more. */
  gone() {
    if (!this.over && !this.sending) this.#end("over", secondsLeft(this.waiting) === 0 ? "expired" : "over");
  }

  tick() {
    const left = secondsLeft(this.waiting);
    this.left.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    this.left.setAttribute("aria-label", t("seconds-left", { left }));
    if (left === 0 && !this.over && !this.sending) this.#end("over", "expired");
  }

  #ask() {
    const { item } = this.waiting;
    const byNumber = item.match === "number";
    const length = item.digits ?? 2;
    const alert = alertLine();
    const yes = button("primary", t(this.askPin ? "go-on" : "authenticate"));
    const field = byNumber ? pad({ label: t("number"), length, changed: (digits) => { this.number = digits; alert.textContent = ""; } }) : null;
    const submit = (event) => {
      event.preventDefault();
      if (byNumber && this.number.length !== length) {
        alert.textContent = t("number-needed", { length });
        field.input.focus();
      } else if (this.askPin) {
        this.#askPin();
      } else {
        this.#send("authenticate", alert);
      }
    };
    const answers = h("fieldset", { class: "answers" },
      h("form", { onsubmit: submit }, field?.root, alert, yes),
      h("div", { class: "row" },
        button("quiet", t("deny"), () => this.#send("deny", alert)),
        button("quiet bad", t("fraud"), () => this.#confirmFraud())));
    this.sheet.show(t(`asks-${item.context ? "context" : item.purpose}`, { application: item.application }), {}, this.#facts(), answers);
    if (!this.shown) calm(answers);
    this.shown = true;
  }

  /** What is agreed to: all of it is in the item that is signed. */
  #facts() {
    const { item, account } = this.waiting;
    const time = new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit" }).format(new Date(item.createdAt));
    const fact = (label, text) => text && h("div", {}, h("dt", {}, label), h("dd", {}, text));
    return [
      h("p", { class: "who" }, h("span", {}, account.name || item.account), this.left),
      this.#asker(),
      item.context && h("section", { class: "context" }, h("h3", {}, item.context.title),
        h("dl", {}, (item.context.details ?? []).map(({ label, value }) => fact(label, value)))),
      h("dl", { class: "facts" }, fact(t("application"), item.context && item.application), fact(t("place"), item.place), fact(t("address"), item.ip), fact(t("time"), time)),
    ];
  }

  /** Which service asks, by what is kept of it: all else on the screen is its own word, and a PIN is that of one service. */
  #asker() {
    const { issuer, device } = this.waiting.account;
    return h("p", { class: "soft" }, t("asked-by", { issuer, host: new URL(device.base).host }));
  }

  #askPin(message = "") {
    const { pinLength } = this.waiting.account.device;
    const alert = alertLine();
    const field = pad({ label: t("pin"), length: pinLength, most: 16, secret: true, changed: (digits) => { this.pin = digits; alert.textContent = ""; } });
    this.pin = "";
    const submit = (event) => {
      event.preventDefault();
      if (this.pin.length < pinLength) alert.textContent = t("pin-short", { length: pinLength });
      else this.#send("authenticate", alert);
    };
    this.sheet.show(t("pin-title"), { back: () => this.#ask() },
      h("p", { class: "who" }, h("span", {}, this.waiting.item.application), this.left),
      this.#asker(),
      h("form", { class: "answers", onsubmit: submit }, field.root, alert, button("primary", t("authenticate"))));
    alert.textContent = message;
    field.input.focus();
  }

  #confirmFraud() {
    const alert = alertLine();
    this.sheet.show(t("fraud-title"), { back: () => this.#ask() },
      h("p", {}, t("fraud-means", { issuer: this.waiting.account.issuer })), alert,
      h("div", { class: "stack" }, button("primary bad", t("fraud-send"), () => this.#send("fraud", alert)), button("quiet", t("back"), () => this.#ask())));
  }

  async #send(decision, alert) {
    if (this.sending) return;
    this.sending = true;
    this.sheet.dialog.classList.add("busy");
    const agreed = decision === "authenticate";
    try {
      const state = await decide(this.waiting, { decision, ...(agreed && this.number && { number: this.number }), ...(agreed && this.pin && { pin: this.pin }) });
      if (!agreed || state === "verified") this.#end(decision, decision);
      // One wrong number ends the request: whoever approves has to have the page before them.
      else this.#end("over", state === "denied" && this.number ? "wrong-number" : "over");
    } catch (fault) {
      const code = fault instanceof Fault ? fault.code : "";
      if (code === "over") this.#end("over", secondsLeft(this.waiting) === 0 ? "expired" : "over");
      else if (code === "wrong-pin" && fault.facts.triesLeft !== 0) this.#askPin(saying(fault));
      else if (code === "pin-required") { this.askPin = true; this.#askPin(); }
      else if (code === "device-locked" || code === "wrong-pin") {
        this.locked();
        this.#end("over", "device-locked");
      }
      else alert.textContent = saying(fault);
    } finally {
      this.sending = false;
      this.sheet.dialog.classList.remove("busy");
    }
  }

  #end(kind, words) {
    this.over = true;
    clearInterval(this.timer);
    const { issuer } = this.waiting.account;
    this.sheet.show(t(`end-${words}`), {},
      h("div", { class: `seal ${kind}` }, icon({ authenticate: "check", deny: "close", fraud: "shield" }[kind] ?? "warning")),
      h("p", { class: "centred", role: "status" }, t(`end-${words}-means`, { application: this.waiting.item.application, issuer })),
      button("primary", t("done"), () => this.sheet.close()));
  }
}
