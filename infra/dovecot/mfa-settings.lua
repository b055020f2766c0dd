-- Has a secret: root:dovecot, 0640.
return {
  url = "https://mfa.contoso.example",
  token_url = "https://login.microsoftonline.com/TENANT/oauth2/v2.0/token",
  client_id = "…",
  client_secret = "…",
  scope = "api://CLIENT-ID-OF-THE-BACKEND/.default",
  -- by_id = true, -- users type their id, not the name that an admin gave them
  -- timeout_ms = 5000, -- of each request
}
