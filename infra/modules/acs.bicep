// Everything of main.bicep that knows Azure Communication Services. Twilio stands beside it.

import { names, textEventsHeader, textEventsSecret, vaultSecret } from 'names.bicep'

param location string

@description('Resource id of an existing Communication Services resource, in any group or subscription.')
param communicationServiceId string
param from string

@description('Principal id of the app\'s identity, and the role that it gets on the resource.')
param appPrincipalId string
param roleId string

var name = names(resourceGroup().id)
var acs = split(communicationServiceId, '/')

// With it Event Grid leaves text events that it could not deliver in storage; so it need not have the app's.
resource eventsIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name.eventsIdentity
  location: location
}

module access 'acs-access.bicep' = {
  scope: resourceGroup(acs[2], acs[4])
  params: {
    communicationServiceName: last(acs)!
    appPrincipalId: appPrincipalId
    roleId: roleId
  }
}

module speech 'acs-speech.bicep' = {
  params: {
    name: name.speech
    location: location
    communicationServicePrincipalId: access.outputs.principalId
  }
}

output settings { *: string } = {
  Carrier__Endpoint: 'https://${access.outputs.hostName}/'
  Carrier__From: from
  Carrier__CallbackAudience: access.outputs.immutableResourceId
  Carrier__SpeechEndpoint: speech.outputs.endpoint
  Carrier__TextEventsHeader: textEventsHeader
  Carrier__TextEventsSecrets: vaultSecret(name.vault, textEventsSecret)
}
output eventsPrincipalId string = eventsIdentity.properties.principalId
output callsCanSpeak bool = !empty(access.outputs.principalId)
