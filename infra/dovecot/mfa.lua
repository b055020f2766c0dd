-- Dovecot asks the backend whether an app password is right: docs/dovecot.md. Its settings are in mfa-settings.lua beside it.
local settings = dofile((debug.getinfo(1, "S").source:match("^@(.*/)") or "") .. "mfa-settings.lua")
local client
-- Of this process; each auth worker has its own.
local token, ends = nil, 0

for _, name in ipairs { "url", "token_url", "client_id", "client_secret", "scope" } do
  if type(settings[name]) ~= "string" or settings[name] == "" then error("mfa-settings.lua: " .. name .. " is missing", 0) end
end
for _, name in ipairs { "url", "token_url" } do
  local scheme, host = settings[name]:match("^(https?)://([^:/]+)")
  if not scheme or scheme == "http" and host ~= "localhost" and host ~= "127.0.0.1" then
    error("mfa-settings.lua: " .. name .. " is no https:// address, and not of this machine", 0)
  end
end

function script_init()
  local at_most = settings.timeout_ms or 5000
  client = dovecot.http.client {
    request_absolute_timeout_msecs = at_most,
    request_timeout_msecs = at_most,
    connect_timeout_msecs = at_most,
    -- Asking twice does no harm.
    max_attempts = 2,
    -- A backend that is away is told of at once, and found at once when it is back.
    max_auto_retry_delay_secs = 1,
    connect_backoff_max_time_msecs = 500,
    no_auto_redirect = true,
  }
  return 0
end

function script_deinit()
end

local function json(text)
  return '"' .. text:gsub('[%c"\\\127]', function(c) return string.format("\\u%04x", c:byte()) end) .. '"'
end

local function form(fields)
  local pairs = {}
  for i, field in ipairs(fields) do
    pairs[i] = field[1] .. "=" .. field[2]:gsub("[^%w%-._~]", function(c) return string.format("%%%02X", c:byte()) end)
  end
  return table.concat(pairs, "&")
end

local function post(url, type, body, bearer)
  local request = client:request { url = url, method = "POST" }
  request:add_header("Content-Type", type)
  -- Dovecot sends what it posts only when it is asked for it (100-continue). Where it was answered before, a refusal say, it keeps it back,
  -- and the server would take the next request on that connection for it.
  request:add_header("Connection", "close")
  if bearer then request:add_header("Authorization", "Bearer " .. bearer) end
  request:set_payload(body)
  local answer = request:submit()
  -- Above 599 it is no answer, and the reason says why.
  local status, reason = answer:status(), answer:reason()
  return status, answer:payload(), status < 600 and status .. " " .. reason or reason
end

-- An access token of this server's own (client credentials, RFC 6749 section 4.4), kept until a minute before its end.
local function access()
  if token and os.time() < ends then return token end
  token = nil
  local status, body, said = post(settings.token_url, "application/x-www-form-urlencoded", form {
    { "grant_type", "client_credentials" }, { "client_id", settings.client_id },
    { "client_secret", settings.client_secret }, { "scope", settings.scope },
  })
  local given = status == 200 and body:match('"access_token"%s*:%s*"([%w%-._~+/=]+)"')
  if not given then return nil, "no token: " .. settings.token_url .. ": " .. said end
  token, ends = given, os.time() + (tonumber(body:match('"expires_in"%s*:%s*"?(%d+)')) or 300) - 60
  return token
end

local function ask(user, password, again)
  local bearer, fault = access()
  if not bearer then return nil, fault end
  local body = '{"' .. (settings.by_id and "user" or "userName") .. '":' .. json(user) .. ',"password":' .. json(password) .. "}"
  local status, payload, said = post(settings.url:gsub("/+$", "") .. "/api/v1/app-passwords/verify", "application/json", body, bearer)
  if status == 401 and not again then
    -- A token that is taken no more before its time: its keys were replaced, say.
    token = nil
    return ask(user, password, true)
  end
  -- The value of the answer's own member: inside a text of it, the quotes would be escaped.
  local valid = status == 200 and payload:match('"valid"%s*:%s*(%a+)')
  if valid == "true" then return true end
  -- 400: too long, or empty; nobody has such a name or password.
  if valid == "false" or status == 400 and payload:find('"invalid-', 1, true) then return false end
  return nil, "not checked: " .. settings.url .. ": " .. said
end

function auth_password_verify(request, password)
  -- What is not UTF-8 is no JSON either, and no app password.
  local right, fault = false, nil
  if utf8.len(request.user) and utf8.len(password) then right, fault = ask(request.user, password) end
  if right then
    return dovecot.auth.PASSDB_RESULT_OK, {}
  elseif right == false then
    return dovecot.auth.PASSDB_RESULT_PASSWORD_MISMATCH, {}
  end
  -- Away, or too many wrong ones: the program asks again later, and does not ask its user for another password. Goes to the log.
  return dovecot.auth.PASSDB_RESULT_INTERNAL_FAILURE, fault
end
