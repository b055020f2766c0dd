using Azure;
using Mfa.Core;

namespace Mfa.Web;

/// <summary>A holder as it was read, with the account as it last saw it.</summary>
/// <param name="Holder">The holder, with its verification.</param>
/// <param name="Tag">The version of its row.</param>
/// <param name="Seen">The account, and which version of it that is.</param>
public sealed record StoredHolder(Holder Holder, ETag Tag, StoredAccount Seen)
{
    public Account Account => Seen.Account;
}
