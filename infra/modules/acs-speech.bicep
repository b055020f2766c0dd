// The voice of calls: Communication Services has prompts spoken by an Azure AI services account, with its own
// identity. Only a multi-service account will do, and only one with a subdomain takes identities.

param name string
param location string

@description('Principal id of the Communication Services resource\'s system-assigned identity; empty when it has none: calls then fail.')
param communicationServicePrincipalId string

var cognitiveServicesUser = 'a97b65f3-24c7-4388-baec-2e87135dc908'

resource speech 'Microsoft.CognitiveServices/accounts@2025-06-01' = {
  name: name
  location: location
  kind: 'AIServices'
  sku: { name: 'S0' }
  properties: {
    customSubDomainName: name
    disableLocalAuth: true
  }
}

// The condition stands here and not at the module: whether there is an identity is only known while deploying.
resource speaks 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(communicationServicePrincipalId)) {
  name: guid(speech.id, communicationServicePrincipalId, cognitiveServicesUser)
  scope: speech
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', cognitiveServicesUser)
    principalId: communicationServicePrincipalId
    principalType: 'ServicePrincipal'
    description: 'Cognitive Services User'
  }
}

output endpoint string = speech.properties.endpoint
