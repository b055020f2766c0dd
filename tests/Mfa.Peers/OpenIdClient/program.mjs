// A program that signs its users in by npm's openid-client, which knows nothing of ours: node program.mjs ISSUER CLIENT HOW SECRET, where HOW is basic, post or key (then
// SECRET is a private key, PKCS#8 as PEM). It takes one request a line, as JSON, and answers each by a line: what came of it, or what it was refused with.
import { createInterface } from 'node:readline'
import { importPKCS8 } from 'jose'
import * as client from 'openid-client'

const [issuer, id, how, secret] = process.argv.slice(2)
const proof = { basic: () => client.ClientSecretBasic(secret), post: () => client.ClientSecretPost(secret), key: async () => client.PrivateKeyJwt(await importPKCS8(secret, 'ES256')) }
const config = await client.discovery(new URL(issuer), id, {}, await proof[how](), { execute: [client.allowInsecureRequests] })
/** What was asked for and is not back yet, by its state. */
const asked = new Map()

const tokens = async (answer) => ({
  claims: answer.claims(), access: answer.access_token, id: answer.id_token, type: answer.token_type, scope: answer.scope, expiresIn: answer.expiresIn(),
  refresh: answer.refresh_token, user: await client.fetchUserInfo(config, answer.access_token, answer.claims().sub),
})

const acts = {
  async metadata() {
    return config.serverMetadata()
  },
  async authorize({ parameters, push }) {
    const checks = { pkceCodeVerifier: client.randomPKCECodeVerifier(), expectedState: client.randomState(), expectedNonce: client.randomNonce() }
    if (parameters.max_age) checks.maxAge = Number(parameters.max_age)
    const all = {
      scope: 'openid profile email', state: checks.expectedState, nonce: checks.expectedNonce,
      code_challenge: await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier), code_challenge_method: 'S256', ...parameters,
    }
    asked.set(checks.expectedState, checks)
    return { url: (push ? await client.buildAuthorizationUrlWithPAR(config, all) : client.buildAuthorizationUrl(config, all)).href }
  },
  // The user comes back. `of`: to what was asked for under another state, as a browser of somebody else would.
  async callback({ url, of }) {
    const at = new URL(url)
    const checks = asked.get(of ?? at.searchParams.get('state'))
    return tokens(await client.authorizationCodeGrant(config, at, { ...checks, idTokenExpected: true }))
  },
  async call({ token, url, method, body }) {
    const answer = await client.fetchProtectedResource(config, token, new URL(url), method, body && JSON.stringify(body), new Headers(body ? { 'content-type': 'application/json' } : {}))
    return { status: answer.status, body: await answer.json() }
  },
  async ask({ parameters }) {
    return client.initiateBackchannelAuthentication(config, { scope: 'openid', ...parameters })
  },
  async wait({ request }) {
    return tokens(await client.pollBackchannelAuthenticationGrant(config, request))
  },
  async poll({ request }) {
    return tokens(await client.genericGrantRequest(config, 'urn:openid:params:grant-type:ciba', { auth_req_id: request.auth_req_id }))
  },
}

for await (const line of createInterface({ input: process.stdin })) {
  const { act, ...what } = JSON.parse(line)
  try {
    console.log(JSON.stringify(await acts[act](what)))
  } catch (fault) {
    console.log(JSON.stringify({ fault: {
      name: fault.name, code: fault.code, says: fault.message, error: fault.error, description: fault.error_description, status: fault.status, cause: fault.cause?.code,
      challenges: fault.name === 'WWWAuthenticateChallengeError' ? fault.cause : undefined,
    } }))
  }
}
