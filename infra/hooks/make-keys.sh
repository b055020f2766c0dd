#!/usr/bin/env bash
# Makes the keys that the vault lacks, and has the app read them. A key that is there is never changed: with another
# sealing or index key, all that was stored under the first one is unreadable. So this can run at any time.
#
#   make-keys.sh               the keys that the deployment named (azd's postprovision hook)
#   make-keys.sh sealing-key-k2   this one, before a deployment adds it to the keys that open; a later one seals with it
#
# What Twilio gives (twilio-auth-tokens, twilio-api-secret) is asked for instead of made: at the terminal, or as a line of
# the standard input of a script that is called with its name.
#
# From the environment, as `azd env get-values` gives it: MFA_VAULT_NAME, MFA_KEY_NAMES, and to have the app read them
# AZURE_RESOURCE_GROUP and MFA_APP_NAME. AZURE_SUBSCRIPTION_ID, else the one az uses.
set -euo pipefail
umask 077 # keys lie in a file for a moment

fail() { echo "make-keys: $1" >&2; exit 1; }

for tool in az openssl; do command -v "$tool" >/dev/null || fail "$tool is missing."; done
vault=${MFA_VAULT_NAME:-}
named=$# names=${*:-${MFA_KEY_NAMES:-}}
[ -n "$vault" ] || fail "MFA_VAULT_NAME is not set: the vault's name."
[ -n "$names" ] || fail "MFA_KEY_NAMES is not set: which keys are needed."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

subscription=${AZURE_SUBSCRIPTION_ID:-}
[ -n "$subscription" ] || subscription=$(az account show --query id --output tsv) || fail "az is not logged in: az login."

# Runs az until the vault knows the role of who deploys, or the vault's name: both take minutes after they are made.
patiently() {
  local tries=0
  until az "$@" --subscription "$subscription" --only-show-errors 2>"$work/error"; do
    grep -qiE 'forbidden|not authorized|getaddrinfo|name or service not known|failed to resolve|nodename nor servname' "$work/error" || return 1
    tries=$((tries + 1))
    [ "$tries" -lt 30 ] || return 1
    [ "$tries" -gt 1 ] || echo "make-keys: the vault does not let us in yet; trying for five minutes." >&2
    sleep "${MFA_RETRY_SECONDS:-10}"
  done
}

# What the app's settings want; KeyRing, AssertionKeys, ExternalMfaKeys, PushSettings and CarrierSettings say so.
new_key() {
  case $1 in
    sealing-key-*[!a-z0-9]* | assertion-key-*[!a-z0-9]* | external-mfa-key-*[!a-z0-9]*) fail "$1: the id of a key has lower-case letters and digits only." ;;
    sealing-key-?* | index-key) openssl rand -base64 32 | tr -d '\r\n' ;;
    # By way of PEM: only pkcs8 writes PKCS#8 as DER with every openssl.
    assertion-key-rsa*)
      openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 2>"$work/error" |
        openssl pkcs8 -topk8 -nocrypt -outform DER | openssl base64 -A
      ;;
    push-key | assertion-key-?*)
      openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:named_curve |
        openssl pkcs8 -topk8 -nocrypt -outform DER | openssl base64 -A
      ;;
    # A key with its certificate, which names nobody: Entra takes it for the key alone, and never looks who signed it.
    external-mfa-key-?*)
      openssl req -x509 -newkey rsa:2048 -nodes -sha256 -days 3650 -subj "/CN=Mfa.Functions external MFA" -keyout "$work/rsa" -out "$work/certificate" 2>"$work/error" || return 1
      openssl pkcs12 -export -inkey "$work/rsa" -in "$work/certificate" -passout pass: | openssl base64 -A
      rm -f "$work/rsa" "$work/certificate"
      ;;
    text-events-secret) openssl rand -hex 32 | tr -d '\r\n' ;;
    twilio-auth-tokens | twilio-api-secret) given "$1" ;;
    *) fail "$1 is no key that this script can make." ;;
  esac
}

# What is given: nothing, where nobody can be asked. A prompt shows at a terminal only, and what is typed does not.
given() {
  local what value=
  case $1 in
    twilio-auth-tokens) what="Auth token of the Twilio account (Console, Account dashboard)" ;;
    *) what="Secret of the Twilio API key" ;;
  esac
  if [ -t 0 ] || [ "$named" -gt 0 ]; then IFS= read -rsp "$what, or nothing for later: " value || true; fi
  [ ! -t 0 ] || echo >&2
  value=${value//[[:space:]]/}
  case $value in *[!A-Za-z0-9,]*) fail "$1 has letters, digits and a comma between two only." ;; esac
  printf %s "$value"
}

# Names only: this reads no secret.
patiently keyvault secret list --vault-name "$vault" --query '[].name' --output tsv >"$work/there" || {
  cat "$work/error" >&2
  fail "can't list the secrets of $vault. Whoever runs this needs the role Key Vault Secrets Officer on it."
}
tr -d '\r' <"$work/there" >"$work/names"

made=0 lacking=
for name in $names; do
  if grep -qxF -- "$name" "$work/names"; then continue; fi
  new_key "$name" >"$work/key"
  if [ ! -s "$work/key" ]; then
    lacking="$lacking $name"
    continue
  fi
  # By file: arguments can be seen by others. No output: az would print the key.
  if ! patiently keyvault secret set --vault-name "$vault" --name "$name" --file "$work/key" --encoding utf-8 --output none; then
    if grep -qi 'deleted but recoverable' "$work/error"; then
      fail "$name was deleted, and what it sealed needs that very key. Recover it, and run this again:
  az keyvault secret recover --vault-name $vault --name $name"
    fi
    cat "$work/error" >&2
    fail "can't write $name to $vault."
  fi
  case $name in twilio-*) echo "Stored $name." ;; *) echo "Made $name." ;; esac
  made=$((made + 1))
done
rm -f "$work/key"
[ "$made" -gt 0 ] || [ -n "$lacking" ] || echo "All keys are there."

# The platform looks for new values once a day; this makes it look now. Always: an earlier run may have ended here.
if [ -n "${AZURE_RESOURCE_GROUP:-}" ] && [ -n "${MFA_APP_NAME:-}" ]; then
  patiently rest --method post --output none --uri \
    "/subscriptions/$subscription/resourceGroups/$AZURE_RESOURCE_GROUP/providers/Microsoft.Web/sites/$MFA_APP_NAME/config/configreferences/appsettings/refresh?api-version=2022-03-01" || {
    cat "$work/error" >&2
    fail "the keys are there, but the app was not told. Run this again."
  }
fi

# Last, so that all others are there.
[ -z "$lacking" ] || fail "only you have what is missing in $vault:$lacking. Until it is there, an app that is set to use Twilio does not start. At a terminal:
  infra/hooks/make-keys.sh$lacking"
