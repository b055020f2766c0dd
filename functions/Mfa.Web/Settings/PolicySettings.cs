using Mfa.Core;

namespace Mfa.Web;

/// <summary>The policy as settings, each named <c>Policy:…</c> after the property.</summary>
public static class PolicySettings
{
    private const int MatchDigitsAtMost = 6;
    // How long a carrier knows a request by its id.
    private static readonly TimeSpan s_carrierRemembers = TimeSpan.FromMinutes(5);

    public static VerificationPolicy ReadVerifications(SettingsReader r)
    {
        var d = new VerificationPolicy();
        var policy = new VerificationPolicy
        {
            Lifetime = r.Duration("Policy:Lifetime", d.Lifetime),
            WrongCodes = r.Count("Policy:WrongCodes", d.WrongCodes),
            Sends = r.Count("Policy:Sends", d.Sends),
            SendAgainAfter = r.Duration("Policy:SendAgainAfter", d.SendAgainAfter),
            Calls = r.Count("Policy:Calls", d.Calls),
            CallRetryAfter = r.Duration("Policy:CallRetryAfter", d.CallRetryAfter),
            CallNeeds = r.Duration("Policy:CallNeeds", d.CallNeeds),
            CallGrace = r.Duration("Policy:CallGrace", d.CallGrace),
            RingsAtMost = r.Duration("Policy:RingsAtMost", d.RingsAtMost),
            ListensAtMost = r.Duration("Policy:ListensAtMost", d.ListensAtMost),
            LateKeys = r.Duration("Policy:LateKeys", d.LateKeys),
            ExtensionPause = r.Duration("Policy:ExtensionPause", d.ExtensionPause),
            Silence = r.Duration("Policy:Silence", d.Silence),
            Prompts = r.Count("Policy:Prompts", d.Prompts),
            GoodbyeTakes = r.Duration("Policy:GoodbyeTakes", d.GoodbyeTakes),
            Lease = r.Duration("Policy:Lease", d.Lease),
            CallLease = r.Duration("Policy:CallLease", d.CallLease),
            RepeatWithin = r.Duration("Policy:RepeatWithin", d.RepeatWithin),
            CallProof = r.Choice("Policy:CallProof", d.CallProof),
            ReplyProof = r.Choice("Policy:ReplyProof", d.ReplyProof),
            NotificationProof = r.Choice("Policy:NotificationProof", d.NotificationProof),
            NotificationLifetime = r.Duration("Policy:NotificationLifetime", d.NotificationLifetime),
            MatchDigits = r.Count("Policy:MatchDigits", d.MatchDigits, atLeast: 2),
        };
        if (policy.MatchDigits > MatchDigitsAtMost)
        {
            r.Fault("Policy:MatchDigits", $"is above {MatchDigitsAtMost}");
        }

        if (policy.RepeatWithin > s_carrierRemembers)
        {
            r.Fault("Policy:RepeatWithin", $"is above {s_carrierRemembers.TotalMinutes:0} minutes: the carrier forgets a request by then, and would send a repeat as another one");
        }

        return policy;
    }

    public static AccountPolicy ReadAccounts(SettingsReader r)
    {
        var d = new AccountPolicy();
        var policy = new AccountPolicy
        {
            EnrollmentLifetime = r.Duration("Policy:EnrollmentLifetime", d.EnrollmentLifetime),
            ChallengeLifetime = r.Duration("Policy:ChallengeLifetime", d.ChallengeLifetime),
            AssertionLifetime = r.Duration("Policy:AssertionLifetime", d.AssertionLifetime),
            ChallengeWrongCodes = r.Count("Policy:ChallengeWrongCodes", d.ChallengeWrongCodes),
            ChallengesADay = r.Count("Policy:ChallengesADay", d.ChallengesADay),
            OwnChallengesADay = r.Count("Policy:OwnChallengesADay", d.OwnChallengesADay),
            UnknownUsersPass = r.Flag("Policy:UnknownUsersPass", d.UnknownUsersPass),
            RememberBrowsers = r.Flag("Policy:RememberBrowsers", d.RememberBrowsers),
            RememberFor = r.Duration("Policy:RememberFor", d.RememberFor, atMost: TimeSpan.FromDays(365)),
            BrowsersAtMost = r.Count("Policy:BrowsersAtMost", d.BrowsersAtMost),
            BrowserOnceWithin = r.Duration("Policy:BrowserOnceWithin", d.BrowserOnceWithin),
            SecondStepWithin = r.Duration("Policy:SecondStepWithin", d.SecondStepWithin),
            NewNumbersADay = r.Count("Policy:NewNumbersADay", d.NewNumbersADay),
            OpensADay = r.Count("Policy:OpensADay", d.OpensADay),
            ContactsADay = r.Count("Policy:ContactsADay", d.ContactsADay),
            SendsADay = r.Count("Policy:SendsADay", d.SendsADay),
            UnprovedSendsADay = r.Count("Policy:UnprovedSendsADay", d.UnprovedSendsADay),
            NumberSendsAnHour = r.Count("Policy:NumberSendsAnHour", d.NumberSendsAnHour),
            NumberSendsADay = r.Count("Policy:NumberSendsADay", d.NumberSendsADay),
            StrangerSendsAnHour = r.Count("Policy:StrangerSendsAnHour", d.StrangerSendsAnHour),
            StrangerSendsADay = r.Count("Policy:StrangerSendsADay", d.StrangerSendsADay),
            NumberSendsOfAccountADay = r.Count("Policy:NumberSendsOfAccountADay", d.NumberSendsOfAccountADay),
            NumberSendsOfAllADay = r.Count("Policy:NumberSendsOfAllADay", d.NumberSendsOfAllADay),
            OwnerSendsAnHour = r.Count("Policy:OwnerSendsAnHour", d.OwnerSendsAnHour),
            SendAgainAfter = r.Duration("Policy:SendAgainAfter", d.SendAgainAfter),
            FailuresBeforeWait = r.Count("Policy:FailuresBeforeWait", d.FailuresBeforeWait),
            FirstWait = r.Duration("Policy:FirstWait", d.FirstWait),
            LongestWait = r.Duration("Policy:LongestWait", d.LongestWait),
            FailuresBeforeLock = r.Count("Policy:FailuresBeforeLock", d.FailuresBeforeLock),
            FraudPause = r.Duration("Policy:FraudPause", d.FraudPause),
            RepeatWithin = r.Duration("Policy:IdempotencyWithin", d.RepeatWithin),
            KeepAuditFor = r.Duration("Policy:KeepAuditFor", d.KeepAuditFor, atMost: TimeSpan.FromDays(3650)),
            KeepFor = r.Duration("Policy:KeepFor", d.KeepFor),
            ActivationCodes = r.Count("Policy:ActivationCodes", d.ActivationCodes),
            NotificationsUnanswered = r.Count("Policy:NotificationsUnanswered", d.NotificationsUnanswered),
            NotificationsWithin = r.Duration("Policy:NotificationsWithin", d.NotificationsWithin),
            PinRequired = r.Flag("Policy:PinRequired", d.PinRequired),
            PinLength = r.Count("Policy:PinLength", d.PinLength, atLeast: d.PinLength),
            WrongPins = r.Count("Policy:WrongPins", d.WrongPins),
            AppPasswords = r.Flag("Policy:AppPasswords", d.AppPasswords),
            AppPasswordsAtMost = r.Count("Policy:AppPasswordsAtMost", d.AppPasswordsAtMost),
            WrongAppPasswordsAnHour = r.Count("Policy:WrongAppPasswordsAnHour", d.WrongAppPasswordsAnHour),
            WrongAppPasswordsADay = r.Count("Policy:WrongAppPasswordsADay", d.WrongAppPasswordsADay),
            FraudBlocks = r.Flag("Policy:FraudBlocks", d.FraudBlocks),
        };
        if (policy.NotificationsUnanswered > AccountPolicy.NotificationsKept)
        {
            r.Fault("Policy:NotificationsUnanswered", $"is above {AccountPolicy.NotificationsKept}, as many as an inbox has room for");
        }

        if (policy.AppPasswordsAtMost > AccountPolicy.AppPasswordsKept)
        {
            r.Fault("Policy:AppPasswordsAtMost", $"is above {AccountPolicy.AppPasswordsKept}, as many as an account's row has room for");
        }

        if (policy.PinLength > Pin.DigitsAtMost)
        {
            r.Fault("Policy:PinLength", $"is above {Pin.DigitsAtMost}");
        }

        if (policy.NumberSendsOfAllADay > AccountPolicy.NumberSendsKept)
        {
            r.Fault("Policy:NumberSendsOfAllADay", $"is above {AccountPolicy.NumberSendsKept}, as many as a number's row has room for");
        }

        if (policy.KeepFor < policy.RepeatWithin)
        {
            r.Fault("Policy:KeepFor", "is shorter than Policy__IdempotencyWithin: a key would be forgotten too early");
        }

        return policy;
    }

    public static AllowedRegions ReadRegions(SettingsReader r)
    {
        const string name = "Policy:AllowedRegions";
        if (!AllowedRegions.TryParse(r.Optional(name), out var allowed, out var faults))
        {
            foreach (var fault in faults)
            {
                r.Fault(name, fault);
            }
        }

        return allowed;
    }
}
