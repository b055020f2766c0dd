// Set-up: from "Set it up now" to a second step that is proved, a backup, recovery codes and app passwords.
import { broken, create, firstStep, firstStepBy, newKey, remember, request, send } from "./api.js";
import { button, Fault, field, form, h, icon, leave, named, onLanguage, returnAddress, screen, speak, t } from "./base.js";
import { Enroll, nameOf, withSecondStep } from "./methods.js";

let me;
/** Whether this is the account's first set-up, which a backup, codes and passwords belong to. */
let isNew = false;
/** The sign-in that this is on the way of, and what shows that it is; null where it is none's. */
const signIn = new URLSearchParams(location.search).get("sign-in");
let signInHeaders;

const enroll = new Enroll({ me: () => me, go, finished });
const ROUTES = { "": welcome, choose: () => enroll.choose(), app: () => enroll.app(), phone: () => enroll.phone(), office: () => enroll.office(), e: (id) => enroll.open(id), backup, codes, passwords, done };

/** @param {string} route @param {boolean} [swap] in the place of this screen in the history */
function go(route, swap) {
  history[swap ? "replaceState" : "pushState"](null, "", `${location.pathname}${location.search}${route ? `#${route}` : ""}`);
  return show();
}

async function show() {
  enroll.leave();
  const [name, id] = location.hash.slice(1).split("/");
  try {
    await (Object.hasOwn(ROUTES, name) ? ROUTES[name] : welcome)(id);
  } catch (fault) {
    broken(fault, toStart);
  }
}

const toStart = () => button("quiet", t("to-start"), () => go("", true));

function welcome() {
  const methods = me.methods.length > 0;
  screen(() => ({
    title: t(methods ? "title-protected" : "title-welcome"),
    body: [
      h("p", { class: "who" }, t("signed-in-as", { name: me.account })),
      methods ? methodList() : h("p", { class: "lead" }, t(me.required ? "required" : "not-required")),
      h("div", { class: "buttons" }, button("primary", t(methods ? "add-another" : "set-it-up"), () => go("choose")), methods && button("quiet", t("to-settings"), () => leave(`/settings${location.search}`)), methods && back()),
    ],
  }));
}

const methodList = () => h("ul", { class: "methods" }, me.methods.map((m) => h("li", {}, icon(m.method === "mobileApp" ? "app" : m.method === "officePhone" ? "office" : m.how), h("span", {}, h("strong", {}, named(nameOf(m))), h("span", { class: "soft" }, t(`listed-${m.method}-${m.how}`))))));

function back() {
  const url = returnAddress();
  return url && button("quiet", t("go-back"), () => leave(url));
}

/** To the sign-in's page, which knows where it stands and leads back. */
function toSignIn() {
  location.replace(`/sign-in/${signIn}`);
  return new Promise(() => {});
}

/** The sign-in's page, in this browser, keeps its ticket as long as it goes on. */
function onTheWay() {
  const kept = JSON.parse(localStorage.getItem(`mfa-sign-in ${signIn}`) ?? "null");
  if (!kept) throw new Fault("sign-in-link");
  firstStepBy(`MfaSetUp ${signIn}.${kept.ticket}.${kept.window}`, toSignIn);
  signInHeaders = { authorization: `MfaSignIn ${kept.ticket}.${kept.window}` };
}

async function finished(view) {
  if (signIn) {
    // It is the proof that the sign-in waits for, and there is no time for more.
    await request("POST", `/api/v1/sign-ins/${signIn}/verify`, { enrollment: view.id }, { headers: signInHeaders, key: newKey() });
    return toSignIn();
  }
  remember(view.assertion);
  const before = me.methods.length;
  me = await send("GET", "/me");
  isNew ||= before === 0 || me.recoveryCodesLeft === 0;
  return go(!isNew ? "done" : view.method === "mobileApp" && me.recommended.includes("authenticationPhone") ? "backup" : "codes", true);
}

function backup() {
  if (me.methods.length === 0) return go("", true);
  const skip = () => go("codes", true);
  if (!me.recommended.includes("authenticationPhone")) return skip();
  return enroll.phone({ title: "title-backup", why: "backup-why", step: 3, skip });
}

function codes() {
  if (me.methods.length === 0) return go("", true);
  if (me.recoveryCodesLeft > 0) return go("passwords", true);
  screen(() => ({
    title: t("title-codes"), step: t("step", { step: 3 }),
    body: form([h("p", {}, t("codes-why"))], button("quiet", t("skip"), () => go("passwords", true)), t("codes-make"), async () => {
      // What shows them is there before they are made.
      const { showCodes } = await import("./once.js");
      const made = await withSecondStep(() => create("/me/recovery-codes", {}));
      me.recoveryCodesLeft = made.codes.length;
      showCodes(me.account, made.codes, () => go("passwords", true), 3);
    }),
  }));
  return undefined;
}

async function passwords() {
  if (!me.appPasswordsAllowed || me.methods.length === 0) return go("done", true);
  const { madePassword } = await import("./once.js");
  let made;
  const again = () => screen(() => {
    const name = field(t("password-name"), { maxlength: "30", placeholder: t("password-name-example") });
    return {
      title: t("title-passwords"), step: t("step", { step: 4 }),
      body: [h("p", {}, t("passwords-why")),
        made && madePassword(made),
        form([name.row], button(made ? "primary" : "quiet", t(made ? "done" : "skip"), () => go("done", true)), t(made ? "password-another" : "password-make"), async () => {
          made = await withSecondStep(() => send("POST", "/me/app-passwords", { name: name.input.value.trim() || undefined }));
          again();
        })],
    };
  });
  return again();
}

function done() {
  if (me.methods.length === 0) return go("", true);
  screen(() => ({
    title: t("title-done"),
    body: [h("p", { class: "found" }, icon("check"), t("done-means")), methodList(),
      me.recommended.includes("mobileApp") && h("p", { class: "soft" }, t("recommend-app")),
      h("div", { class: "buttons" }, back() ?? button("primary", t("to-settings"), () => leave(`/settings${location.search}`)), button("quiet", t("add-another"), () => go("choose")))],
  }));
  return undefined;
}

onLanguage(async (tag) => {
  await speak(tag);
  if (me) await send("PATCH", "/me", { culture: tag }).catch(() => {});
});
addEventListener("popstate", show);
try {
  if (signIn) onTheWay();
  else await firstStep();
  me = await send("GET", "/me");
  await speak(me.culture);
  await show();
} catch (fault) {
  broken(fault, toStart);
}
