using Mfa.Core;
using Mfa.Web;

namespace Mfa.Local;

/// <summary>
/// Which phones somebody holds, as the desk shows them. It is read from the rows themselves: they know whom a number belongs to while it is being
/// set up, too, whichever page or head asked, and a network that others use as well can't be mistaken for this user's.
/// </summary>
public sealed class HeldPhones(AccountRows accounts, HolderRows holders, TimeProvider time)
{
    // Of the numbers that are nobody's (555-0100 to 0199); 0143 is an office's.
    private static readonly string[] s_demo = ["alice", "bob", "carol"];
    private const int FirstOfOthers = 104;
    private const int Others = 39;

    /// <summary>The phones of a demo tenant's user, and what is being proved right now.</summary>
    /// <param name="user">The user.</param>
    /// <param name="cancel">Cancels.</param>
    public async Task<object> OfAsync(string user, CancellationToken cancel)
    {
        var account = (await accounts.LoadAsync(DevCaller.DemoTenant, user, cancel)).Account;
        var open = await OpenAsync(account.Key, cancel);
        var contacting = open.Find(h => h.IsContacting);
        var own = open.Select(h => (h.Kind, h.Phone)).Concat(account.Methods.Select(m => (m.Kind, m.Phone)))
            .Where(p => p.Kind == MethodKind.AuthenticationPhone && p.Phone is not null).Select(p => p.Phone!.E164).Distinct().Take(3).ToList();
        var phones = own.Select(number => new { number = number[1..], kind = "own" }).ToList();
        if (own.Count == 0)
        {
            phones.Add(new { number = SuggestedTo(user), kind = "suggested" });
        }

        if (account.OfficePhone is { } office)
        {
            phones.Add(new { number = office.E164[1..], kind = "office" });
        }

        return new { phones, contacting = contacting is null ? null : Contact(contacting) };
    }

    private static object Contact(Holder holder) =>
        new { id = $"{holder.Id}-{holder.Contacts}", how = Names.Camel(holder.Verification!.How), number = holder.Phone?.E164[1..] };

    // The newest first.
    private async Task<List<Holder>> OpenAsync(string accountKey, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var open = new List<Holder>();
        await foreach (var id in holders.OfAccountAsync(accountKey, cancel))
        {
            if (await holders.FindAsync(id, cancel) is { Holder: not Notice and var holder } && holder.IsOpenAt(now))
            {
                open.Add(holder);
            }
        }

        return [.. open.OrderByDescending(h => h.IsContacting).ThenByDescending(h => h.CreatedAt)];
    }

    private static string SuggestedTo(string user) =>
        $"14255550{(Array.IndexOf(s_demo, user) is >= 0 and var at ? 101 + at : FirstOfOthers + (int)(user.Aggregate(0L, (sum, c) => (sum * 31 + c) % Others)))}";
}
