// The first step of a program's sign-in: the user signs in at the company's issuer, and the second step follows.
import { broken, firstStep, send } from "./api.js";
import { h, onLanguage, screen, speak, t } from "./base.js";

async function start() {
  await firstStep();
  screen(() => ({ title: t("title-sign-in"), body: h("p", { class: "waiting", role: "status" }, h("span", { class: "spinner", "aria-hidden": "true" }), t("one-moment")) }));
  const { next } = await send("POST", "/me/authorizations", { query: location.search.slice(1) });
  // In the place of this page: the way back in the history is to the program.
  location.replace(next);
}

onLanguage(speak);
start().catch(broken);
