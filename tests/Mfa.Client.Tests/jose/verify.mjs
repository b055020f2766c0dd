// Checks tokens by jose against published keys: one a line comes in, what it says or why not goes out. It runs as long as
// its keys are kept, as a relying party's process does.
import { createInterface } from 'node:readline'
import { createRemoteJWKSet, jwtVerify } from 'jose'

const [keysUrl, issuer, audience] = process.argv.slice(2)
// The half a minute between two looks at the keys is over at once here.
const keys = createRemoteJWKSet(new URL(keysUrl), { cooldownDuration: 0 })

for await (const token of createInterface({ input: process.stdin })) {
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys, { issuer, audience, algorithms: ['ES256', 'RS256'] })
    console.log(JSON.stringify({ payload, header: protectedHeader }))
  } catch (fault) {
    console.log(JSON.stringify({ fault: fault.code ?? String(fault) }))
  }
}
