// The first step of a program's sign-in: the user signs in at the company's issuer, and the second step follows.
import { broken, firstStep, send } from "./api.js";
import { h, onLanguage, screen, speak, t } from "./base.js";

/** What the program said of the first step, which is the issuer's (OpenID Connect Core section 3.1.2.1). */
function wishes() {
  const query = new URLSearchParams(location.search);
  const prompt = query.get("prompt")?.split(" ").filter((word) => ["login", "select_account"].includes(word)).join(" ");
  const age = query.get("max_age");
  return { ...(prompt && { prompt }), ...(age && { max_age: age }) };
}

async function start() {
  await firstStep(wishes());
  screen(() => ({ title: t("title-sign-in"), body: h("p", { class: "waiting", role: "status" }, h("span", { class: "spinner", "aria-hidden": "true" }), t("one-moment")) }));
  const { next } = await send("POST", "/me/authorizations", { query: location.search.slice(1) });
  // In the place of this page: the way back in the history is to the program.
  location.replace(next);
}

onLanguage(speak);
start().catch(broken);
