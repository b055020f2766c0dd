// The backend's API as the signed-in user sees it. Tokens live in memory only.

export class Problem extends Error {
  constructor(status, body) {
    const errors = Object.entries(body?.errors ?? {}).map(([field, says]) => `${field} ${says.join(", ")}`);
    super(errors.length > 0 && !(errors.length === 1 && errors[0].endsWith(body.detail)) ? [body.detail, ...errors].join(" ") : body?.detail ?? `The backend answered ${status}.`);
    this.status = status;
    this.code = body?.code;
  }
}

export class Api {
  #user;
  #session;
  #token;
  #assertion;

  constructor(user) {
    this.#user = user;
    this.#session = crypto.randomUUID();
  }

  // What a finished enrollment hands out: it allows the next change for ten minutes.
  remember(assertion) {
    this.#assertion = assertion ?? this.#assertion;
  }

  async send(method, path, body, signal) {
    this.#token ??= await this.#signIn();
    let answer = await this.#fetch(method, path, body, signal);
    if (answer.status === 401) {
      this.#token = await this.#signIn();
      answer = await this.#fetch(method, path, body, signal);
    }
    return read(answer);
  }

  #fetch(method, path, body, signal) {
    const headers = { authorization: `Bearer ${this.#token}` };
    if (this.#assertion) headers["mfa-assertion"] = this.#assertion;
    if (body) headers["content-type"] = "application/json";
    return fetch(`/api/v1${path}`, { method, headers, body: body && JSON.stringify(body), signal });
  }

  async #signIn() {
    const query = new URLSearchParams({ user: this.#user, sid: this.#session });
    return (await read(await fetch(`/dev/token?${query}`))).access_token;
  }
}

// How the phones name a number that was typed for a region: which digits go along abroad, the numbering plan knows.
export async function phoneOf(region, number) {
  const headers = { "content-type": "application/json" };
  return (await read(await fetch("/dev/phones", { method: "POST", headers, body: JSON.stringify({ region, number }) }))).phone;
}

async function read(answer) {
  const text = await answer.text();
  let body;
  try {
    body = text ? JSON.parse(text) : undefined;
  } catch {
    body = undefined;
  }
  if (!answer.ok) throw new Problem(answer.status, body);
  return body;
}
