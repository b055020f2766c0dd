// Event Grid's side of text events, in the group of the Communication Services resource: Azure allows one system
// topic a resource, and only in that resource's subscription.

import { deadLetterContainer } from 'names.bicep'

param communicationServiceName string

@description('Name of the topic to make.')
param newTopicName string

@description('Name of the topic that the resource already has; empty: one is made.')
param existingTopicName string

param subscriptionName string
param webhookUrl string

@description('Resource id of the identity with which undelivered events are left in storage.')
param eventsIdentityId string
param storageId string

@description('The delivery header that carries the secret.')
param header string

@secure()
@description('What the app accepts as proof: one secret, or two with a comma while one replaces the other. The first is sent.')
param secrets string

var topicName = empty(existingTopicName) ? newTopicName : existingTopicName

resource acs 'Microsoft.Communication/communicationServices@2023-04-01' existing = {
  name: communicationServiceName
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = if (empty(existingTopicName)) {
  name: newTopicName
  location: 'global'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${eventsIdentityId}': {} } }
  properties: {
    source: acs.id
    topicType: 'Microsoft.Communication.CommunicationServices'
  }
}

resource texts 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  name: '${topicName}/${subscriptionName}'
  properties: {
    eventDeliverySchema: 'EventGridSchema'
    filter: {
      includedEventTypes: ['Microsoft.Communication.SMSReceived', 'Microsoft.Communication.SMSDeliveryReportReceived']
    }
    destination: {
      endpointType: 'WebHook'
      properties: {
        #disable-next-line use-secure-value-for-secure-inputs // This address has no key in it; the header proves the caller.
        endpointUrl: webhookUrl
        minimumTlsVersionAllowed: '1.2'
        deliveryAttributeMappings: [
          {
            name: header
            type: 'Static'
            properties: { value: trim(first(split(secrets, ','))!), isSecret: true }
          }
        ]
      }
    }
    // A whole day: a reply is worth nothing after ten minutes, but a STOP must not be lost.
    retryPolicy: { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 }
    // Another's topic does not have our identity, and storage takes nothing without one.
    deadLetterWithResourceIdentity: empty(existingTopicName)
      ? {
          identity: { type: 'UserAssigned', userAssignedIdentity: eventsIdentityId }
          deadLetterDestination: {
            endpointType: 'StorageBlob'
            properties: { resourceId: storageId, blobContainerName: deadLetterContainer }
          }
        }
      : null
  }
  dependsOn: [topic]
}
