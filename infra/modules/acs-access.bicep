// The app's access to an existing Communication Services resource, in that resource's own group. Nothing of the
// resource itself is changed.

param communicationServiceName string

@description('Principal id of the app\'s identity.')
param appPrincipalId string

@description('Id of the role that lets the app send texts and place calls.')
param roleId string

resource acs 'Microsoft.Communication/communicationServices@2023-04-01' existing = {
  name: communicationServiceName
}

resource appRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(acs.id, appPrincipalId, roleId)
  scope: acs
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleId)
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    description: 'Mfa.Functions sends texts and places calls'
  }
}

output hostName string = acs.properties.hostName
// The audience of the tokens that prove call events.
output immutableResourceId string = acs.properties.immutableResourceId
// Its system-assigned identity, with which it has prompts spoken; empty when it has none.
output principalId string = acs.?identity.?principalId ?? ''
