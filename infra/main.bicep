// Mfa.Functions on Azure: a serverless app, its storage, its keys, its log, and access to carriers. Into a resource
// group, by `azd up` or `az deployment group create`. It can be run again at any time; it makes no secret.

targetScope = 'resourceGroup'

import { keySettings, names, pushKey, textEventsHeader, textEventsSecret, vaultSecret } from 'modules/names.bicep'
import { twilioSecrets, twilioSettings } from 'modules/twilio.bicep'

// ---- What you must say

@description('The company, as texts, calls and authenticator apps say it: up to 40 characters, no colon.')
@minLength(1)
@maxLength(40)
param serviceName string

@description('Address of the OIDC issuer of the first step, such as https://login.microsoftonline.com/TENANT-ID/v2.0.')
@minLength(9)
param authAuthority string

@description('The audience that the first step\'s tokens must be for: the id of this API\'s app registration.')
@minLength(1)
param authAudience string

@description('Where texts and calls may go, as countries with a comma between: NL,BE. Anywhere else is refused before anything is sent, so say only where your users are.')
@minLength(1)
param allowedRegions string

// ---- The carriers of texts and calls. Without one: authenticator apps only

@description('''
The carrier that texts and calls go by: acs, twilio, or none for authenticator apps only. Empty: the one that is given
below; Communication Services where both are.
''')
@allowed(['', 'acs', 'twilio', 'none'])
param carrierKind string = ''

@description('''
The carrier that takes over where the first one is down or refuses for its own reasons, and whose callbacks are believed
too: acs or twilio. Empty: none.
''')
@allowed(['', 'acs', 'twilio'])
param carrierFallback string = ''

@description('''
Resource id of an existing Communication Services resource; it may be in another group or subscription. Empty: it is no
carrier. Communication Services takes no new customers since 2026-10-23, and ends its texts on 2028-09-30.
''')
param communicationServiceId string = ''

@description('The number that its texts and calls come from, such as +31201234567: one of the Communication Services resource. Only with it.')
param carrierFrom string = ''

@description('''
Id of the role that the app gets on the Communication Services resource, and only there. The default, Communication
and Email Service Owner, is the narrowest built-in role that sends; it may also list the resource's keys and delete it.
A custom role with Microsoft.Communication/CommunicationServices/read and /write is narrower: Microsoft documents it
for sending e-mail; try it with your texts and calls.
''')
param carrierRoleId string = '09976791-48a7-449e-bb21-39d1a415f350'

@description('''
SID of a Twilio account, such as AC and 32 hexadecimal digits. Its auth token is the secret twilio-auth-tokens of the
vault: hooks/make-keys.sh asks for it. Empty: Twilio is no carrier.
''')
param twilioAccountSid string = ''

@description('The number that Twilio\'s calls come from, and its texts where there is no messaging service, such as +31201234567. Only with Twilio.')
param twilioFrom string = ''

@description('SID of a Twilio messaging service that texts go by, such as MG and 32 hexadecimal digits. Empty: they come from twilioFrom.')
param twilioMessagingService string = ''

@description('''
SID of a Twilio API key that requests are made with, such as SK and 32 hexadecimal digits; its secret is the secret
twilio-api-secret of the vault. Empty: they are made with the auth token, which Twilio signs its callbacks with anyway.
''')
param twilioApiKey string = ''

// ---- Keys. Ids are lower-case letters and digits; hooks/make-keys.sh makes the secret of each.

@description('Ids of the keys that open what is sealed at rest. A new one is added here first, and seals with a later deployment; never remove one that still seals something.')
@minLength(1)
param sealingKeyIds string[] = ['k1']

@description('Id of the key that seals: one that all instances can open already, so of an earlier deployment.')
param newestSealingKeyId string = 'k1'

@description('Ids of the keys that are published to check assertions with. A new one is added here first, and signs with a later deployment.')
@minLength(1)
param assertionKeyIds string[] = ['a1']

@description('Id of the key that signs assertions: one that is published already, so of an earlier deployment.')
param newestAssertionKeyId string = 'a1'

// ---- Push to authenticator apps

@description('Whom push services write to about this service: mailto:somebody@contoso.com, or an https address. Empty: no push; authenticator apps see a request while they are open.')
param pushSubject string = ''

// ---- Microsoft 365 (external MFA)

@description('The app registration for external MFA in Microsoft Entra: its application (client) id. Empty: no external MFA.')
param externalMfaAppId string = ''

@description('The directories (tenants) whose users are taken: ids, with commas between.')
param externalMfaTenants string = ''

@description('Ids of the keys that are published to Entra. A new one is added here two days before it signs, and the old one stays for two days after.')
@minLength(1)
param externalMfaKeyIds string[] = ['e1']

@description('Id of the key that signs answers to Entra: one that is published already, so of an earlier deployment.')
param newestExternalMfaKeyId string = 'e1'

// ---- The service

@description('The address under which users and carriers reach the service, such as https://mfa.contoso.com, when you have bound a domain to the app. Empty: the app\'s own address.')
param customUrl string = ''

@description('More application settings, or others than those below, such as { Policy__Calls: \'2\' }. docs/settings.md lists them.')
param moreSettings { *: string } = {}

// ---- Size and cost

@description('Region of all resources. It must offer Flex Consumption: az functionapp list-flexconsumption-locations.')
param location string = resourceGroup().location

@description('Copies of the data. LRS: three in one building. ZRS: three in three buildings, for about a quarter more, where the region has them. Choose before the first deployment.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageSku string = 'Standard_LRS'

@description('Memory of one instance. More memory takes more requests at a time and costs more per second that it works.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('The most instances that ever run: the ceiling of what a flood of requests can cost. Some regions refuse less than 40.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('''
Instances kept warm for HTTP requests. 0: the first request after a quiet time waits some seconds. Each one is billed
for its memory around the clock, working or not, without a free grant ("Always Ready" on the Functions price page).
''')
@minValue(0)
@maxValue(20)
param alwaysReadyHttp int = 0

@description('The same for the clock that repeats calls and ends verifications. 0: it is some seconds late after a quiet time.')
@minValue(0)
@maxValue(20)
param alwaysReadyDurable int = 0

// ---- Log and alerts

@description('Days that the log is kept. The first 31 are included in the price of what comes in.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Gigabytes of log a day, after which nothing more is logged until the next. It keeps a flood from becoming a bill.')
@minValue(1)
@maxValue(1000)
param logDailyCapGb int = 1

@description('Who gets alerts by mail. Empty: they only show in the portal.')
param alertEmail string = ''

@description('Alert when this share, in per cent, of at least 20 verifications in an hour failed or ran out.')
@minValue(1)
@maxValue(100)
param failedPercentAlert int = 40

@description('Alert when more texts and calls than this are sent in an hour.')
@minValue(1)
param sendsAnHourAlert int = 200

// ---- Who deploys (azd says it)

@description('Object id of whoever deploys: may then write the vault\'s secrets, so that make-keys.sh can. Empty: they may already.')
param principalId string = ''

@description('What principalId is.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param principalType string = 'User'

// ---- From here on: what is made

var name = names(resourceGroup().id)
var hasAcs = !empty(communicationServiceId)
var hasTwilio = !empty(twilioAccountSid)
var given = hasAcs ? 'acs' : hasTwilio ? 'twilio' : 'none'
var kind = empty(carrierKind) ? given : carrierKind
var kinds = [kind, carrierFallback]

// Faults that would otherwise show only when the app starts.
var checkedName = contains(serviceName, ':') ? fail('serviceName has a colon: no authenticator takes it.') : serviceName
var checkedFrom = hasAcs && !startsWith(carrierFrom, '+')
  ? fail('carrierFrom is not a number such as +31201234567.')
  : carrierFrom
var checkedTwilioFrom = hasTwilio && !startsWith(twilioFrom, '+')
  ? fail('twilioFrom is not a number such as +31201234567.')
  : twilioFrom
var checkedKind = contains(kinds, 'acs') && !hasAcs
  ? fail('carrierKind or carrierFallback is acs, and communicationServiceId is empty.')
  : contains(kinds, 'twilio') && !hasTwilio
      ? fail('carrierKind or carrierFallback is twilio, and twilioAccountSid is empty.')
      : kind
var checkedFallback = !empty(carrierFallback) && (kind == 'none' || kind == carrierFallback)
  ? fail('carrierFallback takes over from another carrier.')
  : carrierFallback

var checkedSealing = contains(sealingKeyIds, newestSealingKeyId)
  ? newestSealingKeyId
  : fail('newestSealingKeyId is not among sealingKeyIds.')
var checkedAssertion = contains(assertionKeyIds, newestAssertionKeyId)
  ? newestAssertionKeyId
  : fail('newestAssertionKeyId is not among assertionKeyIds.')

// An identity of its own rather than the app's system-assigned one: its roles are there before the app first starts.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name.identity
  location: location
}

module acs 'modules/acs.bicep' = if (hasAcs) {
  params: {
    location: location
    communicationServiceId: communicationServiceId
    from: checkedFrom
    appPrincipalId: identity.properties.principalId
    roleId: carrierRoleId
  }
}

module storage 'modules/storage.bicep' = {
  params: {
    name: name.storage
    location: location
    sku: storageSku
    appPrincipalId: identity.properties.principalId
    eventsPrincipalId: hasAcs ? acs!.outputs.eventsPrincipalId : ''
  }
}

module vault 'modules/vault.bicep' = {
  params: {
    name: name.vault
    location: location
    appPrincipalId: identity.properties.principalId
    deployerId: principalId
    deployerType: principalType
  }
}

module logs 'modules/logs.bicep' = {
  params: {
    logsName: name.logs
    insightsName: name.insights
    location: location
    retentionDays: logRetentionDays
    dailyCapGb: logDailyCapGb
    appPrincipalId: identity.properties.principalId
  }
}

module alerts 'modules/alerts.bicep' = {
  params: {
    location: location
    workspaceId: logs.outputs.workspaceId
    email: alertEmail
    hasCarrier: kind != 'none'
    failedPercent: failedPercentAlert
    sendsAnHour: sendsAnHourAlert
  }
}

var serviceSettings = {
  Service__Name: checkedName
  Auth__Authority: authAuthority
  Auth__Audience: authAudience
  Policy__AllowedRegions: allowedRegions
  KeyRing__Newest: checkedSealing
  KeyRing__IndexKey: vaultSecret(name.vault, 'index-key')
  Assertion__Newest: checkedAssertion
}
var sealingKeys = keySettings(name.vault, 'KeyRing__Keys', 'sealing-key', sealingKeyIds)
var assertionKeys = keySettings(name.vault, 'Assertion__Keys', 'assertion-key', assertionKeyIds)
var pushSettings = empty(pushSubject) ? {} : {
  Push__Subject: pushSubject
  Push__VapidKey: vaultSecret(name.vault, pushKey)
}
var checkedExternalMfa = contains(externalMfaKeyIds, newestExternalMfaKeyId)
  ? newestExternalMfaKeyId
  : fail('newestExternalMfaKeyId is not among externalMfaKeyIds.')
var externalMfaKeys = keySettings(name.vault, 'ExternalMfa__Keys', 'external-mfa-key', externalMfaKeyIds)
var externalMfaSettings = empty(externalMfaAppId) ? {} : union({
  ExternalMfa__AppId: externalMfaAppId
  ExternalMfa__Tenants: externalMfaTenants
  ExternalMfa__Newest: checkedExternalMfa
}, externalMfaKeys)
// Of a carrier that is neither, nothing is set: what is prepared does not disturb.
var carrierSettings = union(
  {
    Carrier__Kind: checkedKind
  },
  empty(checkedFallback) ? {} : {
    Carrier__Fallback: checkedFallback
  },
  hasAcs && contains(kinds, 'acs') ? acs!.outputs.settings : {},
  contains(kinds, 'twilio')
    ? twilioSettings(name.vault, twilioAccountSid, checkedTwilioFrom, twilioMessagingService, twilioApiKey)
    : {}
)

module app 'modules/app.bicep' = {
  params: {
    name: name.app
    planName: name.plan
    location: location
    identityName: identity.name
    storageName: name.storage
    insightsName: name.insights
    deploymentContainerUrl: storage.outputs.deploymentContainerUrl
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyHttp: alwaysReadyHttp
    alwaysReadyDurable: alwaysReadyDurable
    customUrl: customUrl
    settings: union(serviceSettings, sealingKeys, assertionKeys, carrierSettings, pushSettings, externalMfaSettings, moreSettings)
  }
  // The platform reads the secrets as soon as the settings name them, and the app writes its log.
  dependsOn: [vault, logs]
}

// ---- What azd, the hooks and you need. Names only.

var keyNames = concat(
  map(sealingKeyIds, id => 'sealing-key-${id}'),
  map(assertionKeyIds, id => 'assertion-key-${id}'),
  // Made before they are needed, as the last two of these: a head whose settings name a secret that is not there does not start.
  map(externalMfaKeyIds, id => 'external-mfa-key-${id}'),
  // The last two even without push or a carrier, so that turning one on later finds them there.
  ['index-key', pushKey, textEventsSecret],
  // Given, not made. Asked for as soon as there is an account, so that they are there before Twilio is used.
  hasTwilio ? twilioSecrets(twilioApiKey) : []
)

output AZURE_RESOURCE_GROUP string = resourceGroup().name
output MFA_APP_NAME string = name.app
output MFA_APP_URL string = app.outputs.url
output MFA_VAULT_NAME string = name.vault
@description('The secrets that make-keys.sh makes when they are missing.')
output MFA_KEY_NAMES string = join(keyNames, ' ')
@description('The delivery header of text events, as the app reads it.')
output MFA_TEXT_EVENTS_HEADER string = moreSettings.?Carrier__TextEventsHeader ?? textEventsHeader
output MFA_COMMUNICATION_SERVICE_ID string = communicationServiceId
@description('Whether calls can speak: the Communication Services resource has a system-assigned identity.')
output MFA_CALLS_CAN_SPEAK bool = hasAcs ? acs!.outputs.callsCanSpeak : false
@description('What Twilio must be told for the texts that come in: "A message comes in" of the number or the messaging service. Empty without Twilio.')
output MFA_TWILIO_TEXTS_URL string = hasTwilio ? '${empty(customUrl) ? app.outputs.url : customUrl}/callbacks/texts#rc=5&rp=all' : ''
