// An authenticator in fifty lines: node authenticator.mjs LINK, where LINK is what the QR code of a set-up says.
// It asks on the terminal what an app asks on its screen. docs/authenticator.md has the protocol.
import { createHash, randomUUID, webcrypto } from 'node:crypto';
import { createInterface } from 'node:readline/promises';

const base64url = bytes => Buffer.from(bytes).toString('base64url');
const sha256 = text => createHash('sha256').update(text).digest('base64url');
// RFC 8785: the members in order, no blanks.
const canonical = value =>
  Array.isArray(value) ? `[${value.map(canonical)}]`
  : value !== null && typeof value === 'object' ? `{${Object.keys(value).sort().map(name => `${JSON.stringify(name)}:${canonical(value[name])}`)}}`
  : JSON.stringify(value);

const fragment = new URLSearchParams(new URL(process.argv[2]).hash.slice(1));
const url = new URL(fragment.get('url'));
const terminal = createInterface({ input: process.stdin, output: process.stdout });
const keys = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
const { kty, crv, x, y } = await webcrypto.subtle.exportKey('jwk', keys.publicKey);

const activation = await fetch(url, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ code: fragment.get('code'), device: { name: 'Terminal', platform: `Node ${process.version}`, publicKey: { kty, crv, x, y } } }),
});
const device = await activation.json();
if (activation.status !== 201) throw new Error(`${activation.status} ${device.code}`);
console.log(`Activated for ${device.accountName} at ${device.issuer}`);

async function send(method, path, body) {
  const text = body === undefined ? '' : JSON.stringify(body);
  const header = { alg: 'ES256', typ: 'mfa-device+jwt', kid: device.deviceId };
  const claims = { htm: method, htu: path, iat: Math.floor(Date.now() / 1000), jti: randomUUID(), bh: sha256(text) };
  const signed = [header, claims].map(part => base64url(JSON.stringify(part))).join('.');
  const signature = await webcrypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, Buffer.from(signed));
  const headers = { Authorization: `MfaDevice ${signed}.${base64url(signature)}`, ...(text && { 'Content-Type': 'application/json' }) };
  const answer = await fetch(new URL(path, url), { method, headers, ...(text && { body: text }) });
  return { status: answer.status, body: await answer.json() };
}

const requests = `/api/v1/devices/${device.deviceId}/requests`;
for (let seen = 0; ;) {
  const { status, body: inbox } = await send('GET', `${requests}?wait=25&seen=${seen}`);
  if (status !== 200) { console.log(`Over: ${inbox.code}`); break; }
  seen = inbox.version;
  for (const item of inbox.items) {
    const what = [item.application, item.account, item.place, item.context?.title, ...(item.context?.details ?? []).map(d => `${d.label} ${d.value}`)].filter(Boolean).join(', ');
    const typed = await terminal.question(`${what}. The number on the screen, or deny, or fraud: `);
    const decision = ['deny', 'fraud'].includes(typed) ? { decision: typed } : { decision: 'authenticate', number: typed };
    const answer = await send('POST', `${requests}/${item.id}`, { ...decision, seen: sha256(canonical(item)) });
    console.log(answer.body.state ?? answer.body.code);
  }
}
terminal.close();
