#!/usr/bin/env bash
# Subscribes the app to text events of Communication Services (replies, STOP, delivery reports), or renews that, and says
# what only you can set at Twilio: azd's postdeploy hook. It reads the secret from the vault itself: a vault that a
# template can read is open to whoever may deploy one.
#
# From the environment, as `azd env get-values` gives it: MFA_COMMUNICATION_SERVICE_ID, MFA_APP_URL, MFA_VAULT_NAME,
# MFA_TEXT_EVENTS_HEADER, AZURE_RESOURCE_GROUP; AZURE_SUBSCRIPTION_ID, else the one az uses; and MFA_EVENT_TOPIC_NAME
# when the Communication Services resource has a system topic already. MFA_TWILIO_TEXTS_URL where Twilio is a carrier.
set -euo pipefail
umask 077 # the secret lies in a file for a moment
cd "$(dirname "$0")/.."

fail() { echo "text-events: $1" >&2; exit 1; }

if [ -n "${MFA_TWILIO_TEXTS_URL:-}" ]; then
  echo "Twilio: once, at your number or your messaging service, set what happens when a message comes in: Webhook, HTTP POST,
  $MFA_TWILIO_TEXTS_URL
Without it no reply and no STOP gets here; texts and calls work without."
fi
if [ -z "${MFA_COMMUNICATION_SERVICE_ID:-}" ]; then
  [ -n "${MFA_TWILIO_TEXTS_URL:-}" ] || echo "No carrier: no text events to subscribe to."
  exit 0
fi
for tool in az curl; do command -v "$tool" >/dev/null || fail "$tool is missing."; done
[ -n "${MFA_APP_URL:-}" ] || fail "MFA_APP_URL is not set: the app's own address."
[ -n "${AZURE_RESOURCE_GROUP:-}" ] || fail "AZURE_RESOURCE_GROUP is not set: the group of the app."
[ -n "${MFA_VAULT_NAME:-}" ] || fail "MFA_VAULT_NAME is not set: the vault's name."
[ -n "${MFA_TEXT_EVENTS_HEADER:-}" ] || fail "MFA_TEXT_EVENTS_HEADER is not set: the header that the app reads. azd provision sets it."

# Event Grid wants its handshake answered within 30 seconds; a new package takes its time.
tries=0
until curl --silent --fail --max-time 30 "$MFA_APP_URL/healthz" >/dev/null; do
  tries=$((tries + 1))
  [ "$tries" -lt 30 ] || fail "the app does not answer at $MFA_APP_URL/healthz. Its log says why; then: azd hooks run postdeploy"
  [ "$tries" -gt 1 ] || echo "Waiting for the app to answer …"
  sleep "${MFA_RETRY_SECONDS:-10}"
done

subscription=${AZURE_SUBSCRIPTION_ID:-}
[ -n "$subscription" ] || subscription=$(az account show --query id --output tsv) || fail "az is not logged in: az login."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

secrets=$(az keyvault secret show --subscription "$subscription" --vault-name "$MFA_VAULT_NAME" --name text-events-secret \
  --query value --output tsv --only-show-errors) ||
  fail "can't read text-events-secret. Whoever runs this needs the role Key Vault Secrets Officer on $MFA_VAULT_NAME."
case $secrets in
  '' | *[!A-Za-z0-9,\ ._~+/=-]*) fail "text-events-secret has other characters than letters, digits and ._~+/=- in it." ;;
esac
# By file: arguments can be seen by others.
printf '{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#","contentVersion":"1.0.0.0","parameters":{"secrets":{"value":"%s"}}}' \
  "$secrets" >"$work/secret.parameters.json"
az deployment group create --subscription "$subscription" --resource-group "$AZURE_RESOURCE_GROUP" \
  --name mfa-text-events --template-file text-events.bicep --only-show-errors --output none \
  --parameters "@$work/secret.parameters.json" "header=$MFA_TEXT_EVENTS_HEADER" \
    "communicationServiceId=$MFA_COMMUNICATION_SERVICE_ID" "eventTopicName=${MFA_EVENT_TOPIC_NAME:-}"
echo "Text events come to $MFA_APP_URL/callbacks/texts."

if [ "${MFA_CALLS_CAN_SPEAK:-}" = false ]; then
  IFS=/ read -r _ _ acs_subscription _ acs_group _ _ _ acs_name <<<"$MFA_COMMUNICATION_SERVICE_ID"
  echo "Calls can't speak yet: the Communication Services resource has no system-assigned identity. Give it one, then azd provision --no-state:
  az communication identity assign --system-assigned --subscription $acs_subscription --resource-group $acs_group --name $acs_name"
fi
