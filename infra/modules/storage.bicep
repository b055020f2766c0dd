// The storage account: the app's tables, the host's and Durable's blobs, queues and tables, and the deployed package.
// Nobody has its keys: everything comes in with an identity and a role.

import { deadLetterContainer } from 'names.bicep'

param name string
param location string
param sku string

@description('Principal id of the app\'s identity.')
param appPrincipalId string

@description('Principal id of the identity with which Event Grid leaves events that it could not deliver; empty without a carrier.')
param eventsPrincipalId string

// What the Functions host (blobs), Durable (blobs, queues, tables) and the app (tables) need with an identity.
var appRoles = {
  'Storage Blob Data Owner': 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  'Storage Queue Data Contributor': '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  'Storage Table Data Contributor': '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
}
var blobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'

resource storage 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      // A container or package deleted by mistake can be had back. Tables have no such thing in Azure.
      deleteRetentionPolicy: { enabled: true, days: 7 }
      containerDeleteRetentionPolicy: { enabled: true, days: 7 }
    }

    resource deployment 'containers' = {
      name: 'deployment'
    }

    resource dead 'containers' = {
      name: deadLetterContainer
    }
  }

  // Undelivered events hold numbers and what people wrote: they are not kept longer than somebody needs to look at
  // them. Only that container: rules must never touch the host's own (azure-webjobs-…).
  resource lifecycle 'managementPolicies' = {
    name: 'default'
    properties: {
      policy: {
        rules: [
          {
            name: 'forget-dead-text-events'
            type: 'Lifecycle'
            definition: {
              filters: { blobTypes: ['blockBlob'], prefixMatch: ['${deadLetterContainer}/'] }
              actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: 7 } } }
            }
          }
        ]
      }
    }
    dependsOn: [blobs]
  }
}

resource appRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in items(appRoles): {
    name: guid(storage.id, appPrincipalId, role.value)
    scope: storage
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.value)
      principalId: appPrincipalId
      principalType: 'ServicePrincipal'
      description: role.key
    }
  }
]

resource eventsRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(eventsPrincipalId)) {
  name: guid(storage::blobs::dead.id, eventsPrincipalId, blobDataContributor)
  scope: storage::blobs::dead
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataContributor)
    principalId: eventsPrincipalId
    principalType: 'ServicePrincipal'
    description: 'Storage Blob Data Contributor'
  }
}

output deploymentContainerUrl string = '${storage.properties.primaryEndpoints.blob}${storage::blobs::deployment.name}'
