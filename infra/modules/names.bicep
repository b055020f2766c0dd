// The names of what main.bicep makes and text-events.bicep finds again. They follow from the resource group, so that
// a later deployment meets the same resources; those with an address of their own must be unique in all of Azure.

@export()
type namesOf = {
  app: string
  plan: string
  identity: string
  eventsIdentity: string
  storage: string
  vault: string
  logs: string
  insights: string
  speech: string
  eventTopic: string
}

@export()
func names(groupId string) namesOf => {
  app: 'mfa-${uniqueString(groupId)}'
  plan: 'mfa-plan'
  identity: 'mfa-app'
  eventsIdentity: 'mfa-events'
  storage: 'mfa${uniqueString(groupId)}'
  vault: 'mfa-${uniqueString(groupId)}'
  logs: 'mfa-logs'
  insights: 'mfa-insights'
  speech: 'mfa-speech-${uniqueString(groupId)}'
  eventTopic: 'mfa-texts-${uniqueString(groupId)}'
}

@export()
@description('Where Event Grid leaves the text events that it could not deliver.')
var deadLetterContainer = 'text-events-dead'

@export()
@description('The Key Vault secret that proves text events.')
var textEventsSecret = 'text-events-secret'

@export()
@description('The Key Vault secret that signs what is pushed.')
var pushKey = 'push-key'

@export()
@description('The delivery header of text events, unless moreSettings names another.')
var textEventsHeader = 'X-Mfa-Events-Secret'

@export()
@description('The value of an application setting that the platform reads from the vault, as the app\'s identity.')
func vaultSecret(vaultName string, secretName string) string =>
  '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=${secretName})'

@export()
@description('An application setting for each key: PREFIX__ID, from the secret NAME-ID.')
func keySettings(vaultName string, prefix string, secretName string, ids string[]) object =>
  toObject(ids, id => '${prefix}__${id}', id => vaultSecret(vaultName, '${secretName}-${id}'))
