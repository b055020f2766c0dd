// The Key Vault. Its secrets are made once, by hooks/make-keys.sh and never by Bicep: another sealing or index key
// would make all accounts unreadable.

param name string
param location string

@description('Principal id of the app\'s identity.')
param appPrincipalId string

@description('Object id of whoever deploys and runs make-keys.sh; empty: they have their role from elsewhere.')
param deployerId string

@allowed(['User', 'Group', 'ServicePrincipal'])
param deployerType string

var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
var secretsOfficer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    // Nobody, the owner included, can destroy a key within those 90 days; nor can this be undone.
    enablePurgeProtection: true
    // With true, whoever may deploy into the group could read every key by a template, without a role on the vault.
    enabledForTemplateDeployment: false
  }
}

// The whole vault is the app's: a role for each secret would need the secrets to be there before the roles.
resource appRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, appPrincipalId, secretsUser)
  scope: vault
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    description: 'Key Vault Secrets User'
  }
}

resource deployerRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(deployerId)) {
  name: guid(vault.id, deployerId, secretsOfficer)
  scope: vault
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsOfficer)
    principalId: deployerId
    principalType: deployerType
    description: 'Key Vault Secrets Officer'
  }
}
