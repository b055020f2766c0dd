// The function app on a Flex Consumption plan: nothing runs, and nothing is paid, while nobody calls.

param name string
param planName string
param location string

@description('The app\'s identity.')
param identityName string
param storageName string
param insightsName string

@description('The container that packages are deployed to.')
param deploymentContainerUrl string
param instanceMemoryMB int
param maximumInstanceCount int
param alwaysReadyHttp int
param alwaysReadyDurable int

@description('The address under which users and carriers reach the service; empty: the app\'s own.')
param customUrl string

@description('Application settings of the service; those below are the platform\'s.')
param settings { *: string }

var url = 'https://${app.properties.defaultHostName}'
var storageSuffix = environment().suffixes.storage

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: identityName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: planName
  location: location
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true } // Linux
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  kind: 'functionapp,linux'
  tags: { 'azd-service-name': 'mfa' } // azd deploys the service of this name in azure.yaml here
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false // no cookie
    keyVaultReferenceIdentity: identity.id
    siteConfig: { minTlsVersion: '1.2' }
    functionAppConfig: {
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: deploymentContainerUrl
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identity.id }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: concat(
          alwaysReadyHttp > 0 ? [{ name: 'http', instanceCount: alwaysReadyHttp }] : [],
          alwaysReadyDurable > 0 ? [{ name: 'durable', instanceCount: alwaysReadyDurable }] : []
        )
      }
    }
  }

  // Deployments come in with an identity; nobody needs a publishing password.
  resource ftpPassword 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scmPassword 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  // Apart from the app, because its address is among them.
  resource applicationSettings 'config' = {
    name: 'appsettings'
    properties: union(
      {
        // All three: the host needs blobs, Durable needs the queues and tables too.
        AzureWebJobsStorage__blobServiceUri: 'https://${storageName}.blob.${storageSuffix}'
        AzureWebJobsStorage__queueServiceUri: 'https://${storageName}.queue.${storageSuffix}'
        AzureWebJobsStorage__tableServiceUri: 'https://${storageName}.table.${storageSuffix}'
        AzureWebJobsStorage__credential: 'managedidentity'
        AzureWebJobsStorage__clientId: identity.properties.clientId
        APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
        // Which identity the app's own clients are, and that they look for no other.
        AZURE_CLIENT_ID: identity.properties.clientId
        AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential'
        Storage__TableServiceUri: 'https://${storageName}.table.${storageSuffix}'
        Service__PublicUrl: empty(customUrl) ? url : customUrl
      },
      settings
    )
  }
}

output url string = url
