// What an operator must hear of: read from the app's log. Traces may be sampled, so rows are never counted: each
// stands for ItemCount of them.

param location string
param workspaceId string

@description('Who gets the alerts by mail; empty: they only show in the portal.')
param email string

@description('Whether there is a carrier, and so texts and calls to watch.')
param hasCarrier bool
param failedPercent int
param sendsAnHour int

// The lines that the app writes, as warnings: host.json lets no less through. Here, and in the app, and nowhere else.
var ended = 'AppTraces | where Message startswith "Verification ended: " | parse Message with "Verification ended: " How " " State " " Reason'
var took = 'AppTraces | where Message startswith "Carrier took: "'

// Azure Monitor's own line about the daily cap; it is written even when nothing else is.
var capped = '_LogOperation | where Category =~ "Ingestion" | where Detail contains "OverQuota"'

var always = [
  {
    name: 'mfa-fraud-reported'
    title: 'Somebody reported fraud'
    description: 'A user said that a verification was not theirs: somebody else may have their password. The method rests for an hour; the log says when and by which way.'
    severity: 1
    query: '${ended} | where State == "fraudReported"'
    column: 'ItemCount'
    of: 'Total'
    threshold: 1
    every: 'PT5M'
    over: 'PT15M'
  }
  {
    name: 'mfa-many-failed'
    title: 'Many verifications failed'
    description: '${failedPercent} per cent or more of an hour\'s verifications (20 at least) failed or ran out: the carrier, or somebody trying numbers. The log says why, by Reason.'
    severity: 2
    query: '${ended} | summarize Ended = sum(ItemCount), Bad = sumif(ItemCount, State in ("failed", "expired")), TimeGenerated = max(TimeGenerated) | where Ended >= 20 | extend Percent = 100.0 * Bad / Ended'
    column: 'Percent'
    of: 'Maximum'
    threshold: failedPercent
    every: 'PT15M'
    over: 'PT1H'
  }
  {
    name: 'mfa-log-full'
    title: 'The daily cap of the log is reached'
    description: 'Until tomorrow nothing is logged, so no other alert can come. Find what fills the log, or raise logDailyCapGb.'
    severity: 2
    query: '${capped} | extend Lines = 1'
    column: 'Lines'
    of: 'Total'
    threshold: 1
    every: 'PT15M'
    over: 'PT1H'
  }
]
var withCarrier = [
  {
    name: 'mfa-many-sends'
    title: 'Many texts and calls'
    description: 'More than ${sendsAnHour} in an hour. They cost money, and some people earn on them. If this is no real use: narrow allowedRegions, or lower the limits by moreSettings.'
    severity: 1
    query: took
    column: 'ItemCount'
    of: 'Total'
    threshold: sendsAnHour + 1
    every: 'PT5M'
    over: 'PT1H'
  }
]

resource mail 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: 'mfa-operators'
  location: 'global'
  properties: {
    groupShortName: 'mfa'
    enabled: true
    emailReceivers: [{ name: 'operators', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource rules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in concat(always, hasCarrier ? withCarrier : []): {
    name: rule.name
    location: location
    properties: {
      displayName: rule.title
      description: rule.description
      severity: rule.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: rule.every
      windowSize: rule.over
      autoMitigate: true
      // A new workspace does not know its tables yet; the check would fail the first deployment.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: rule.query
            metricMeasureColumn: rule.column
            timeAggregation: rule.of
            operator: 'GreaterThanOrEqual'
            threshold: rule.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: empty(email) ? [] : [mail.id] }
    }
  }
]
