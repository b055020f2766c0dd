using Azure;
using Mfa.Core;

namespace Mfa.Web;

/// <summary>An enrollment as it was read, with the account as it last saw it.</summary>
/// <param name="Enrollment">The enrollment, with its verification.</param>
/// <param name="Tag">The version of its row.</param>
/// <param name="Account">The account.</param>
/// <param name="AccountTag">The version of the account's row that <paramref name="Account"/> is.</param>
public sealed record StoredEnrollment(Core.Enrollment Enrollment, ETag Tag, Account Account, ETag AccountTag);
