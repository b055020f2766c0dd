// Replies to texts, STOP, and delivery reports: from Communication Services by Event Grid to the app. A template of
// its own, because Event Grid asks the app for a handshake before it makes the subscription: the app must be running.
// hooks/text-events.sh deploys it after every deployment of the app.

import { names } from 'modules/names.bicep'

@description('Resource id of the Communication Services resource.')
param communicationServiceId string

@description('''
Name of the system topic that the Communication Services resource already has, in its own resource group. Azure allows
one a resource. Empty: one is made. With another's topic, events that can't be delivered are lost instead of kept.
''')
param eventTopicName string = ''

@description('The delivery header that the app reads: MFA_TEXT_EVENTS_HEADER of the main deployment.')
param header string

@secure()
@description('What the app accepts as proof, from the vault: hooks/text-events.sh reads it, so that the vault need not open to templates.')
param secrets string

var name = names(resourceGroup().id)
var acs = split(communicationServiceId, '/')

resource app 'Microsoft.Web/sites@2024-11-01' existing = {
  name: name.app
}

resource storage 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: name.storage
}

resource eventsIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: name.eventsIdentity
}

module texts 'modules/acs-texts.bicep' = {
  scope: resourceGroup(acs[2], acs[4])
  params: {
    communicationServiceName: last(acs)!
    newTopicName: name.eventTopic
    existingTopicName: eventTopicName
    subscriptionName: name.app
    webhookUrl: 'https://${app.properties.defaultHostName}/callbacks/texts'
    eventsIdentityId: eventsIdentity.id
    storageId: storage.id
    header: header
    secrets: secrets
  }
}
