using System.Collections.Immutable;
using CsCheck;
using Xunit;

namespace Mfa.Core.Tests;

/// <summary>What happened is told by the audit alone: whoever reads it in order knows where everything stands.</summary>
public class AuditProperties
{
    private const int Runs = 10_000;

    [Fact]
    public void Audit_rows_tell_of_every_change_of_state_in_order_and_once() => AccountLife.Any.Sample(life =>
    {
        Told? told = null;
        life.Run(step =>
        {
            told ??= new(step.Before);
            var rows = (step.HolderAfter?.Since(step.HolderBefore, step.Now) ?? []).AddRange(step.After.Since(step.Before, step.Now));
            Assert.All(rows, row => Assert.Equal(step.Now, row.At));
            foreach (var row in rows)
            {
                told.Hear(row);
            }

            told.AssertIs(step);
            if (ReferenceEquals(step.Before, step.After) && ReferenceEquals(step.HolderBefore, step.HolderAfter))
            {
                Assert.Empty(rows);
            }
        });
    }, iter: Runs);

    // What a reader of the rows knows. It never looks at the account.
    private sealed class Told(Account begun)
    {
        private readonly HashSet<string> _methods = [.. begun.Methods.Select(m => m.Id)];
        private readonly Dictionary<string, string> _ended = [];
        private readonly Dictionary<string, int> _over = [];
        private readonly Dictionary<string, int> _wrong = [];
        private readonly HashSet<MethodKind> _rests = [];
        private int _browsers = begun.Browsers.Length;
        private int _passwords = begun.AppPasswords.Length;
        private int _wrongPasswords;
        private int _codes = begun.RecoveryCodes?.Hashes.Length ?? 0;
        private int _epochs;
        private bool _isBlocked = begun.BlockedAt is not null;
        private string _required = Required(begun);

        public void Hear(AuditEntry row)
        {
            switch (row.Kind)
            {
                case AuditKind.MethodAdded:
                    // One whose number is proved again is told again.
                    _methods.Add(row.MethodId!);
                    break;
                case AuditKind.MethodRemoved:
                    Assert.True(_methods.Remove(row.MethodId!));
                    // Without any method there is nothing that these could stand in for.
                    (_codes, _browsers) = _methods.Count == 0 ? (0, _browsers) : (_codes, _browsers);
                    break;
                case AuditKind.Blocked or AuditKind.Unblocked:
                    Assert.NotEqual(_isBlocked, row.Kind == AuditKind.Blocked);
                    _isBlocked = !_isBlocked;
                    _epochs += _isBlocked ? 1 : 0;
                    break;
                case AuditKind.Reset:
                    (_epochs, _codes) = (_epochs + 1, 0);
                    _wrong.Clear();
                    _rests.Clear();
                    break;
                case AuditKind.RequirementChanged:
                    _required = row.State!;
                    break;
                case AuditKind.BrowserRemembered:
                    _browsers++;
                    break;
                case AuditKind.BrowserForgotten:
                    _browsers--;
                    break;
                case AuditKind.AppPasswordMade:
                    _passwords++;
                    break;
                case AuditKind.AppPasswordRevoked:
                    _passwords--;
                    break;
                case AuditKind.WrongAppPassword:
                    _wrongPasswords++;
                    break;
                case AuditKind.RecoveryCodesMade:
                    _codes = 3;
                    break;
                case AuditKind.RecoveryCodeUsed:
                    _codes--;
                    break;
                case AuditKind.MethodPaused:
                    _rests.Add(row.Method!.Value);
                    break;
                case AuditKind.WrongCode or AuditKind.WrongPin:
                    var what = row.By ?? $"{row.Kind} {row.Method}";
                    _wrong[what] = _wrong.GetValueOrDefault(what) + 1;
                    break;
                case AuditKind.EnrollmentEnded or AuditKind.ChallengeEnded:
                    Assert.True(_ended.TryAdd(row.HolderId!, row.State!));
                    break;
                case AuditKind.ContactEnded:
                    _over[row.HolderId!] = _over.GetValueOrDefault(row.HolderId!) + 1;
                    break;
            }
        }

        public void AssertIs(AccountStep step)
        {
            var account = step.After;
            Assert.Equal(account.Methods.Select(m => m.Id).Order(), _methods.Order());
            Assert.Equal((account.BlockedAt is not null, account.Epoch - begun.Epoch), (_isBlocked, _epochs));
            Assert.Equal((Required(account), account.Browsers.Length, account.RecoveryCodes?.Hashes.Length ?? 0), (_required, _browsers, _codes));
            Assert.Equal(account.AppPasswords.Length, _passwords);
            Assert.InRange(account.WrongPasswords.Count, 0, _wrongPasswords);
            Assert.Equal(account.PausedUntil.Keys.Order(), _rests.Order());
            // A proof forgets wrong codes, and nothing but a wrong code adds one.
            foreach (var kind in Enum.GetValues<MethodKind>())
            {
                Assert.InRange(account.WrongCodes.GetValueOrDefault(kind)?.InARow ?? 0, 0, _wrong.GetValueOrDefault($"{AuditKind.WrongCode} {kind}"));
            }

            if (step.HolderAfter is not { } holder)
            {
                return;
            }

            Assert.Equal(holder switch { Enrollment e => e.End?.ToString(), Challenge c => c.End?.ToString(), _ => null }, _ended.GetValueOrDefault(holder.Id));
            // Each verification that began has one end, once it has; a code of an app begins nothing that goes out.
            Assert.Equal(holder.Contacts - (holder.Verification is { IsFinal: false } ? 1 : 0), _over.GetValueOrDefault(holder.Id));
        }

        private static string Required(Account account) =>
            !account.Required ? "notRequired" : account.GraceUntil is { } until ? $"requiredFrom {until.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'}" : "required";
    }
}
