using System.Globalization;
using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>One thing that happened to the user's account.</summary>
public sealed record ActivityView(
    string Id, DateTimeOffset At, string Kind, string Says, string? Method, string? How, string? Phone, string? State, string? Reason, string? By,
    string? Application, string? Place, string? Ip, string? ChallengeId);

/// <summary>The newest of them, and where to go on.</summary>
public sealed record ActivitiesView(IReadOnlyList<ActivityView> Items, string? Next);

/// <summary>GET /me/activity: what happened, the newest first, in the user's language.</summary>
public sealed class ReadActivity(AccountRows accounts, AuditRows audit)
{
    private const int AtMost = 100;
    private const int Otherwise = 25;

    public async Task<IResult> GetAsync(Call call)
    {
        var account = (await accounts.OwnAsync(call)).Account;
        var (top, after) = (Top(call), call.Request.Query["after"].ToString());
        string? name = null;
        if (after.Length > 0 && (name = AuditRows.NameOf(account.Key, after)) is null)
        {
            throw new BadRequestException(Problem.Field("after", "is not what an earlier answer said as next"));
        }

        var words = new Words(Cultures.LanguageOf(call.Request.HttpContext));
        var items = new List<ActivityView>();
        await foreach (var row in audit.OfAccountAsync(account.Key, name, call.Aborted))
        {
            items.Add(View(row, words));
            if (items.Count > top)
            {
                break;
            }
        }

        return Wire.Json(items.Count > top ? new ActivitiesView(items[..top], items[top - 1].Id) : new(items, null));
    }

    private static ActivityView View(AuditRow row, Words words)
    {
        var e = row.Entry;
        return new(
            AuditRows.IdOf(row),
            e.At,
            Names.Kebab(e.Kind),
            words.Activity(e.Kind),
            e.Method is { } method ? Names.Camel(method) : null,
            e.How is { } how ? Names.Camel(how) : null,
            e.Phone,
            e.State is { } state ? char.ToLowerInvariant(state[0]) + state[1..] : null,
            e.Reason is { } reason ? Kebab(reason) : null,
            e.By is { } by ? Kebab(by) : null,
            e.Application ?? e.Client,
            e.Place,
            e.Ip,
            e.Kind is AuditKind.ChallengeAsked or AuditKind.ChallengeEnded ? e.HolderId : null);
    }

    private static string Kebab(string name) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    private static int Top(Call call) =>
        !call.Request.Query.TryGetValue("top", out var text) ? Otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var top) && top is >= 1 and <= AtMost ? top
        : throw new BadRequestException(Problem.Field("top", $"is not a whole number from 1 to {AtMost}"));
}
