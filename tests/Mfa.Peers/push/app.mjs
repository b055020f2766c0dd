// An app of another house: makes the keys of a subscription, and reads what came. One line in, one line out.
import { createECDH, randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import ece from 'http_ece';
import { importJWK, jwtVerify } from 'jose';

const keys = createECDH('prime256v1');
const auth = randomBytes(16);
const say = line => process.stdout.write(JSON.stringify(line) + '\n');
say({ p256dh: keys.generateKeys('base64url'), auth: auth.toString('base64url') });

for await (const line of createInterface({ input: process.stdin })) {
  try {
    const { body, authorization, origin } = JSON.parse(line);
    const text = ece.decrypt(Buffer.from(body, 'base64url'), { version: 'aes128gcm', privateKey: keys, authSecret: auth.toString('base64url') }).toString();
    const { t, k } = Object.fromEntries(authorization.replace(/^vapid /, '').split(',').map(part => [part.trim()[0], part.trim().slice(2)]));
    const point = Buffer.from(k, 'base64url');
    const key = await importJWK({ kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') }, 'ES256');
    const { payload } = await jwtVerify(t, key, { audience: origin, algorithms: ['ES256'] });
    say({ text, key: k, payload });
  } catch (fault) {
    say({ fault: String(fault) });
  }
}
