-- Dovecot asks the backend whether an app password is right. Its settings are in mfa-settings.lua beside it.
local settings = dofile((debug.getinfo(1, "S").source:match("^@(.*/)") or "") .. "mfa-settings.lua")
local client
local token, ends = nil, 0

function script_init()
  client = dovecot.http.client { timeout = settings.timeout_ms or 5000, max_attempts = 1 }
  return 0
end

function script_deinit()
end

local function json(text)
  return '"' .. text:gsub('[%c"\\\127]', function(c) return string.format("\\u%04x", c:byte()) end) .. '"'
end

local function form(text)
  return (text:gsub("[^%w%-._~]", function(c) return string.format("%%%02X", c:byte()) end))
end

-- An access token of this server's own (client credentials, RFC 6749 section 4.4), kept until a minute before its end.
local function access()
  if token and os.time() < ends then return token end
  local request = client:request { url = settings.token_url, method = "POST" }
  request:add_header("Content-Type", "application/x-www-form-urlencoded")
  request:set_payload("grant_type=client_credentials&client_id=" .. form(settings.client_id) .. "&client_secret=" .. form(settings.client_secret) .. "&scope=" .. form(settings.scope))
  local answer = request:submit()
  if answer:status() ~= 200 then return nil end
  token = answer:payload():match('"access_token"%s*:%s*"([^"]+)"')
  ends = os.time() + (tonumber(answer:payload():match('"expires_in"%s*:%s*"?(%d+)')) or 300) - 60
  return token
end

local function ask(user, password)
  local bearer = access()
  if not bearer then return nil end
  local request = client:request { url = settings.url .. "/api/v1/app-passwords/verify", method = "POST" }
  request:add_header("Authorization", "Bearer " .. bearer)
  request:add_header("Content-Type", "application/json")
  request:set_payload('{"' .. (settings.by_id and "user" or "userName") .. '":' .. json(user) .. ',"password":' .. json(password) .. "}")
  local answer = request:submit()
  -- A token that is taken no more, before its time: the next log-in gets another.
  if answer:status() == 401 then token = nil end
  if answer:status() ~= 200 then return nil end
  return answer:payload()
end

function auth_password_verify(request, password)
  -- No app password is other than text; what is not UTF-8 would be refused there as no JSON.
  if not utf8.len(password) or not utf8.len(request.user) then
    return dovecot.auth.PASSDB_RESULT_PASSWORD_MISMATCH, {}
  end
  local said = ask(request.user, password)
  if not said then
    -- Away, or too much was tried: the program asks later, and not its user.
    return dovecot.auth.PASSDB_RESULT_INTERNAL_FAILURE, {}
  elseif said:find('"valid":true', 1, true) then
    return dovecot.auth.PASSDB_RESULT_OK, {}
  else
    return dovecot.auth.PASSDB_RESULT_PASSWORD_MISMATCH, {}
  end
end
