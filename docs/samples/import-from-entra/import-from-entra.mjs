// Moves users' numbers from Microsoft Entra here. Two steps, so that somebody can look at what is moved in between; both can run again.
//
//   GRAPH_TOKEN=… node import-from-entra.mjs export > users.ndjson
//   MFA_URL=https://mfa.contoso.com MFA_TOKEN=… node import-from-entra.mjs import < users.ndjson > report.ndjson
//
// Both are applications' tokens: GRAPH_TOKEN with User.Read.All and UserAuthMethod-Phone.Read.All, MFA_TOKEN with mfa.admin. GROUP_ID: the members of one group
// alone (GroupMember.Read.All), without those of groups in it. Users are required to take a second step, unless REQUIRED=false. One line a user, in the order of the input: {"user", "done": […], "refused": {…}}.
import { createInterface } from "node:readline";

const { GRAPH_TOKEN, GRAPH_URL = "https://graph.microsoft.com/v1.0", GROUP_ID, MFA_TOKEN, MFA_URL, REQUIRED } = process.env;
const LANDLINE = "cannot-receive-texts";
const PATIENCE = 8;

async function ask(url, token, method = "GET", body) {
  for (let tries = 1; ; tries++) {
    const answer = await fetch(url, { method, headers: { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }) }, body: body && JSON.stringify(body) });
    const json = await answer.json().catch(() => ({}));
    if (answer.ok) return json;
    if (![429, 503].includes(answer.status) || tries === PATIENCE) throw Object.assign(new Error(`${method} ${url}: ${answer.status} ${json.detail ?? json.error?.message ?? ""}`), { status: answer.status, code: json.code ?? json.error?.code, errors: json.errors });
    await new Promise((on) => { setTimeout(on, 1000 * (Number(answer.headers.get("retry-after")) || tries)); });
  }
}

async function exportAll() {
  const fields = "id,userPrincipalName,displayName,mail,businessPhones,preferredLanguage";
  let next = `${GRAPH_URL}/${GROUP_ID ? `groups/${GROUP_ID}/members/microsoft.graph.user` : "users"}?$select=${fields}&$top=100`;
  while (next) {
    const page = await ask(next, GRAPH_TOKEN);
    for (const user of page.value) {
      const phones = await ask(`${GRAPH_URL}/users/${user.id}/authentication/phoneMethods`, GRAPH_TOKEN);
      console.log(JSON.stringify({ ...user, phoneMethods: phones.value.map(({ phoneType, phoneNumber, smsSignInState }) => ({ phoneType, phoneNumber, smsSignInState })) }));
    }
    next = page["@odata.nextLink"];
  }
}

async function importOne(user) {
  const path = `${MFA_URL}/api/v1/admin/users/${encodeURIComponent(user.id)}`;
  const [report, typed] = [{ user: user.id, done: [], refused: {} }, (type) => user.phoneMethods?.find((p) => p.phoneType === type)?.phoneNumber];
  const does = async (what, act) => {
    try {
      await act();
      report.done.push(what);
      return true;
    } catch (fault) {
      // Of a token that is no good every line would tell the same.
      if ([401, 403].includes(fault.status) && fault.code !== "blocked") throw fault;
      report.refused[what] = fault.errors ? Object.values(fault.errors).flat().join(" ") : fault.code ?? fault.message;
      return fault.code;
    }
  };
  const office = typed("office") ?? user.businessPhones?.[0];
  const details = { userName: user.userPrincipalName, displayName: user.displayName ?? undefined, email: user.mail ?? undefined, culture: user.preferredLanguage ?? undefined, required: REQUIRED !== "false" };
  const there = await ask(path, MFA_TOKEN).catch((fault) => { if (fault.status !== 404) throw fault; });
  // What was proved here stays: another number of the directory would take its place unasked.
  const isProved = there?.methods.some((m) => m.method === "officePhone");
  const describe = (more) => ask(path, MFA_TOKEN, there ? "PATCH" : "PUT", { ...details, ...more });
  const known = await does("details", () => describe(isProved ? {} : { officePhone: office }));
  // An office phone that can't be called must not keep the rest out.
  if (known === "invalid-request" && office) await does("details without office phone", () => describe({}));
  const mobile = typed("mobile");
  const vouch = (delivery) => does(`mobile by ${delivery}`, () => ask(`${path}/methods`, MFA_TOKEN, "POST", { method: "authenticationPhone", number: mobile, delivery }));
  if (mobile && await vouch("text") === LANDLINE) await vouch("call");
  // What the directory says is no proof; what the user has set up at Entra is.
  if (typed("office") && known === true) await does("office", () => ask(`${path}/methods`, MFA_TOKEN, "POST", { method: "officePhone" }));
  return report;
}

async function importAll() {
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim()) console.log(JSON.stringify(await importOne(JSON.parse(line))));
  }
}

const needs = { export: { GRAPH_TOKEN }, import: { MFA_URL, MFA_TOKEN } }[process.argv[2]];
const missing = needs ? Object.keys(needs).filter((name) => !needs[name]) : ["export or import"];
if (missing.length > 0) {
  console.error(`import-from-entra: ${missing.join(" and ")} is missing. The head of this file says how it is used.`);
  process.exit(2);
}

await (process.argv[2] === "export" ? exportAll() : importAll()).catch((fault) => {
  console.error(`import-from-entra: ${fault.message}`);
  process.exit(1);
});
