// A relying party's whole sign-in by npm's openid-client, which knows nothing of ours: node sign-in.mjs ISSUER-DOCUMENT USER.
// It prints the claims of the ID token, the access token, and what a second use of the code is refused with.
import * as client from 'openid-client'

const [document, user] = process.argv.slice(2)
const config = await client.discovery(new URL(document), 'mfa-pages', undefined, client.None(), { execute: [client.allowInsecureRequests] })
const redirect_uri = 'http://127.0.0.1:7999/back'
const pkceCodeVerifier = client.randomPKCECodeVerifier()
const [state, nonce] = [client.randomState(), client.randomNonce()]
const asked = client.buildAuthorizationUrl(config, {
  redirect_uri,
  scope: 'openid api://mfa/act',
  code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
  code_challenge_method: 'S256',
  state,
  nonce,
  login_hint: user,
})
const answered = new URL((await fetch(asked, { redirect: 'manual' })).headers.get('location'))
const tokens = await client.authorizationCodeGrant(config, answered, { pkceCodeVerifier, expectedState: state, expectedNonce: nonce })
const again = await client.authorizationCodeGrant(config, answered, { pkceCodeVerifier, expectedState: state, expectedNonce: nonce }).catch((fault) => fault)
const out = client.buildEndSessionUrl(config, { post_logout_redirect_uri: redirect_uri, id_token_hint: tokens.id_token })
console.log(JSON.stringify({
  claims: tokens.claims(),
  expiresIn: tokens.expires_in,
  scope: tokens.scope,
  access: tokens.access_token,
  again: again.error,
  signedOut: (await fetch(out)).status,
}))
