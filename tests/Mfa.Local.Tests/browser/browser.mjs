// A browser's side of push, by npm's http_ece and jose, which know nothing of ours. The first line out is the keys of a subscription;
// then each delivered message that comes in goes out opened, with the token of its Authorization checked.
import { createInterface } from 'node:readline'
import { createECDH, randomBytes } from 'node:crypto'
import ece from 'http_ece'
import { importJWK, jwtVerify } from 'jose'

const keys = createECDH('prime256v1')
const auth = randomBytes(16)
console.log(JSON.stringify({ p256dh: keys.generateKeys('base64url'), auth: auth.toString('base64url') }))

for await (const line of createInterface({ input: process.stdin })) {
  try {
    const { headers, body, audience } = JSON.parse(line)
    const payload = ece.decrypt(Buffer.from(body, 'base64url'), { version: 'aes128gcm', privateKey: keys, authSecret: auth.toString('base64url') })
    const [, token, k] = /^vapid t=([^,]+), k=(\S+)$/.exec(headers.Authorization)
    const point = Buffer.from(k, 'base64url')
    const key = await importJWK({ kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') }, 'ES256')
    const { payload: claims } = await jwtVerify(token, key, { audience, algorithms: ['ES256'] })
    console.log(JSON.stringify({ payload: payload.toString('utf8'), claims, k }))
  } catch (fault) {
    console.log(JSON.stringify({ fault: fault.code ?? String(fault) }))
  }
}
