// Everything of main.bicep that knows Twilio: nothing is made for it, and two secrets are given.

import { vaultSecret } from 'names.bicep'

@export()
@description('The Key Vault secrets of Twilio: its auth token (two with a comma while one replaces the other), and the API key\'s where there is one.')
func twilioSecrets(apiKey string) string[] => empty(apiKey) ? ['twilio-auth-tokens'] : ['twilio-auth-tokens', 'twilio-api-secret']

@export()
@description('The application settings.')
func twilioSettings(vaultName string, accountSid string, from string, messagingService string, apiKey string) object =>
  union(
    {
      Twilio__AccountSid: accountSid
      Twilio__AuthTokens: vaultSecret(vaultName, 'twilio-auth-tokens')
      Twilio__From: from
    },
    empty(messagingService) ? {} : {
      Twilio__MessagingService: messagingService
    },
    empty(apiKey) ? {} : {
      Twilio__ApiKey: apiKey
      Twilio__ApiSecret: vaultSecret(vaultName, 'twilio-api-secret')
    }
  )
