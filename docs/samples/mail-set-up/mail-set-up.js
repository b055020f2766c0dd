// The signed-in user's app passwords: docs/http-contract.md, /me/app-passwords. A new one is in the page only, until "I have typed it".

const SAYS = {
  "app-passwords-off": "Your company does not allow app passwords.",
  "no-method": "Set up two-step verification first; then come back.",
  "app-passwords-limit": "You have as many app passwords as you may have. Revoke one that you no longer use.",
  blocked: "Your account is blocked. Call the help desk.",
  "challenges-limit": "You confirmed too often today. Try again tomorrow.",
  "wrong-code": "That is not the code.",
};

class Cancelled extends Error {}

/** Brings the section to life.
 * @param root The section.
 * @param token Gives the token of the first step: always one of the same session, or its second step counts for nothing.
 * @param userName What the user types in the mail program. */
export async function start(root, token, userName) {
  const at = Object.fromEntries([...root.querySelectorAll("[data-at]")].map((e) => [e.dataset.at, e]));
  let assertion;

  at.user.textContent = userName;
  at.make.addEventListener("submit", (event) => {
    event.preventDefault();
    busy(async () => {
      show(await change(() => send("POST", "/me/app-passwords", { name: at.make.elements.name.value.trim() || undefined })));
      at.make.reset();
    });
  });
  at.copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(at.password.textContent);
    at.copied.textContent = "Copied.";
  });
  at.done.addEventListener("click", () => {
    at.password.textContent = at.copied.textContent = "";
    at.made.hidden = true;
  });
  await busy(async () => {
    const me = await send("GET", "/me");
    const missing = !me.appPasswordsAllowed ? "app-passwords-off" : me.methods.length === 0 ? "no-method" : undefined;
    at.make.hidden = missing !== undefined;
    if (missing) say(missing);
  });

  async function send(method, path, body) {
    const headers = { authorization: `Bearer ${await token()}` };
    if (assertion) headers["mfa-assertion"] = assertion;
    if (body) headers["content-type"] = "application/json";
    const answer = await fetch(root.dataset.api + path, { method, headers, body: body && JSON.stringify(body), cache: "no-store" });
    const json = await answer.json().catch(() => undefined);
    if (!answer.ok) throw Object.assign(new Error(json?.detail ?? `That did not work (${answer.status}). Try again later.`), { code: json?.code, status: answer.status });
    return json;
  }

  // One thing at a time, and what went wrong is said.
  async function busy(act) {
    at.says.textContent = "";
    root.setAttribute("aria-busy", "true");
    const buttons = [at.make.querySelector("button"), ...at.list.querySelectorAll("button")];
    for (const button of buttons) button.disabled = true;
    try {
      await act();
      await list();
    } catch (e) {
      if (!(e instanceof Cancelled)) say(e.code, e.message);
    } finally {
      for (const button of buttons) button.disabled = false;
      root.removeAttribute("aria-busy");
    }
  }

  function say(code, otherwise) {
    at.says.textContent = SAYS[code] ?? otherwise;
    if (code === "no-method") {
      const link = Object.assign(document.createElement("a"), { href: root.dataset.security, textContent: "Set it up" });
      at.says.append(" ", link);
    }
  }

  // What needs a second step is done again once it is taken. It counts for ten minutes, and for one new app password.
  async function change(act) {
    try {
      return await act();
    } catch (e) {
      if (e.code !== "second-step-required" && e.code !== "second-step-used") throw e;
      assertion = undefined;
      assertion = await secondStep();
      return act();
    }
  }

  async function secondStep() {
    let challenge = await open();
    const path = `/me/challenges/${challenge.id}`;
    const over = new AbortController();
    const listen = { signal: over.signal };
    at.code.addEventListener("submit", (event) => {
      event.preventDefault();
      act(() => send("POST", `${path}/verify`, { code: at.code.elements.code.value }));
    }, listen);
    at.cancel.addEventListener("click", () => act(() => send("DELETE", path)), listen);
    at.step.hidden = false;
    at.step.querySelector("h2").focus();
    ways();
    try {
      while (challenge.state === "open") {
        ask(challenge);
        challenge = await send("GET", `${path}?wait=25&seen=${challenge.version}`);
      }
    } finally {
      over.abort();
      at.step.hidden = true;
      at.code.reset();
      at.ways.replaceChildren();
      at["step-wrong"].textContent = "";
    }
    if (challenge.state === "cancelled") throw new Cancelled();
    if (challenge.state !== "verified") throw new Error("It was not confirmed that it is you. Try again.");
    return challenge.assertion;

    // Where the usual way has to wait, the user chooses another.
    async function open() {
      try {
        return await send("POST", "/me/challenges", {});
      } catch (e) {
        if (e.status !== 429 || e.code === "challenges-limit") throw e;
        at["step-wrong"].textContent = e.message;
        return send("POST", "/me/challenges", { contact: false });
      }
    }

    // The loop sees what comes of it.
    async function act(what) {
      at["step-wrong"].textContent = "";
      try {
        await what();
      } catch (e) {
        at["step-wrong"].textContent = SAYS[e.code] ?? e.message;
        at.code.elements.code.select();
      }
    }

    function ways() {
      for (const method of challenge.methods) {
        for (const how of method.hows) {
          const button = Object.assign(document.createElement("button"), { type: "button", textContent: `${how}, ${method.label ?? "app"}` });
          button.addEventListener("click", () => act(() => send("POST", `${path}/contact`, { methodId: method.id, how })), listen);
          at.ways.append(button, " ");
        }
      }
    }
  }

  function ask({ how, number, methods, methodId, verification }) {
    const where = methods.find((m) => m.id === methodId)?.label ?? "your phone";
    at.code.hidden = how === "call";
    at["step-says"].textContent = verification?.state === "failed" ? "That did not work. Try again, or another way."
      : !verification && how !== "code" ? "Choose how."
      : how === "call" ? `We call ${where}. Answer, and press ${number ?? ""}#.`
      : how === "text" ? `We sent a text with a code to ${where}. Type it here${number ? `, or reply with it and ${number}` : ""}.`
      : how === "notification" ? `Open the authenticator on ${where}${number ? ` and type ${number}` : ""}. Or type its code here.`
      : "Type the code that your authenticator app shows.";
  }

  function show({ password }) {
    at.password.textContent = password;
    at.copied.textContent = "";
    at.made.hidden = false;
    at.made.querySelector("h2").focus();
  }

  async function list() {
    const { items } = await send("GET", "/me/app-passwords");
    at.older.hidden = items.length === 0;
    at.list.replaceChildren(...items.map(({ id, name, createdAt, lastUsedAt }) => {
      const entry = document.createElement("li");
      const title = name ?? "Without a name";
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Revoke" });
      button.setAttribute("aria-label", `Revoke ${title}`);
      button.addEventListener("click", () => {
        if (confirm(`Revoke ${title}? The program that has it no longer signs in.`)) busy(() => change(() => send("DELETE", `/me/app-passwords/${id}`)));
      });
      const used = lastUsedAt ? `last used ${new Date(lastUsedAt).toLocaleDateString()}` : "not used yet";
      entry.append(`${title}: made ${new Date(createdAt).toLocaleDateString()}, ${used} `, button);
      return entry;
    }));
  }
}
