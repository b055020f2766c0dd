#!/usr/bin/env bash
# Subscribes the app to text events (replies, STOP, delivery reports), or renews that: azd's postdeploy hook. The
# secret goes from the vault to Event Grid inside the deployment; this script never sees it.
#
# From the environment, as `azd env get-values` gives it: MFA_COMMUNICATION_SERVICE_ID, MFA_APP_URL,
# AZURE_RESOURCE_GROUP; AZURE_SUBSCRIPTION_ID, else the one az uses; and MFA_EVENT_TOPIC_NAME when the Communication
# Services resource has a system topic already.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() { echo "text-events: $1" >&2; exit 1; }

if [ -z "${MFA_COMMUNICATION_SERVICE_ID:-}" ]; then
  echo "No carrier: no text events to subscribe to."
  exit 0
fi
for tool in az curl; do command -v "$tool" >/dev/null || fail "$tool is missing."; done
[ -n "${MFA_APP_URL:-}" ] || fail "MFA_APP_URL is not set: the app's own address."
[ -n "${AZURE_RESOURCE_GROUP:-}" ] || fail "AZURE_RESOURCE_GROUP is not set: the group of the app."

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
az deployment group create --subscription "$subscription" --resource-group "$AZURE_RESOURCE_GROUP" \
  --name mfa-text-events --template-file text-events.bicep --only-show-errors --output none \
  --parameters "communicationServiceId=$MFA_COMMUNICATION_SERVICE_ID" "eventTopicName=${MFA_EVENT_TOPIC_NAME:-}"
echo "Text events come to $MFA_APP_URL/callbacks/texts."

if [ "${MFA_CALLS_CAN_SPEAK:-}" = false ]; then
  IFS=/ read -r _ _ acs_subscription _ acs_group _ _ _ acs_name <<<"$MFA_COMMUNICATION_SERVICE_ID"
  echo "Calls can't speak yet: the Communication Services resource has no system-assigned identity. Give it one, then azd provision --no-state:
  az communication identity assign --system-assigned --subscription $acs_subscription --resource-group $acs_group --name $acs_name"
fi
