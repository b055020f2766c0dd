// The answer to a sign-in that asked by a form: this page posts it, from the user's browser, to where the service says.
import { newKey, request } from "./api.js";
import { button, Fault, h, onLanguage, saying, screen, speak, t } from "./base.js";

const [id, answer] = location.hash.slice(1).split(".");
const key = newKey();
// Out of the address, and out of the history with it.
history.replaceState(null, "", location.pathname);

async function post() {
  if (!id || !answer) throw new Fault("sign-in-link");
  const { action, fields } = await request("POST", `/external-mfa/answers/${encodeURIComponent(id)}`, { answer }, { key });
  const form = h("form", { method: "post", action, class: "hidden" }, Object.entries(fields).map(([name, value]) => h("input", { type: "hidden", name, value })));
  document.body.append(form);
  form.submit();
}

/** The same request as often as it is pressed: it has the same answer. */
function start() {
  post().catch((fault) => screen(() => ({
    title: t("title-fault"),
    body: [h("p", { class: "alert", role: "alert" }, saying(fault)), [0, 503].includes(fault.status) && answer && h("div", { class: "buttons" }, button("primary", t("try-again"), start))],
  })));
}

onLanguage(speak);
start();
