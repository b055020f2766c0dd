// Tokens of the development issuer, and the backend's API with them. They live in memory only.

export class Problem extends Error {
  constructor(status, body) {
    super(body?.detail ?? `The backend answered ${status}.`);
    Object.assign(this, { status, code: body?.code });
  }
}

/** @param {Record<string, string>} who such as `{user}`, or `{client, role}` */
export function as(who) {
  let token;
  const signIn = async () => (await read(await fetch(`/dev/token?${new URLSearchParams(who)}`))).access_token;
  return async (method, path, body, signal) => {
    for (let tries = 1; ; tries++) {
      token ??= await signIn();
      const headers = { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }) };
      const answer = await fetch(`/api/v1${path}`, { method, headers, body: body && JSON.stringify(body), signal });
      if (answer.status !== 401 || tries === 2) return read(answer);
      token = undefined;
    }
  };
}

/** The shop: a relying party of this laptop. */
export const shop = as({ client: "shop", role: "mfa.verify" });

export async function read(answer) {
  const body = await answer.json().catch(() => undefined);
  if (!answer.ok) throw new Problem(answer.status, body);
  return body;
}

export const pause = (ms) => new Promise((over) => { setTimeout(over, ms); });
