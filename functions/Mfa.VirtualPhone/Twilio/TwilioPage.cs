using System.Globalization;

namespace Mfa.VirtualPhone;

/// <summary>A page of a list, newest first, in the shape that Twilio's clients turn.</summary>
internal static class TwilioPage
{
    private const int Usual = 50;
    private const int Most = 1000;

    /// <param name="name">What the list is called in the answer.</param>
    public static IResult Of<T>(HttpRequest request, string name, IEnumerable<T> all, Func<T, object> show)
    {
        var size = Math.Clamp(Number(request, "PageSize") ?? Usual, 1, Most);
        var page = Math.Max(Number(request, "Page") ?? 0, 0);
        var items = all.Skip(page * size).Take(size + 1).ToList();
        var shown = items.Take(size).Select(show).ToList();
        string At(int number)
        {
            var kept = request.Query.Where(one => one.Key is not ("Page" or "PageSize" or "PageToken"))
                .Select(one => $"{Uri.EscapeDataString(one.Key)}={Uri.EscapeDataString(one.Value.ToString())}");
            return $"{request.Path}?{string.Join('&', kept.Append($"PageSize={size}").Append($"Page={number}"))}";
        }

        return Results.Json(new Dictionary<string, object?>
        {
            [name] = shown,
            ["page"] = page,
            ["page_size"] = size,
            ["start"] = page * size,
            ["end"] = (page * size) + Math.Max(shown.Count - 1, 0),
            ["uri"] = request.Path + request.QueryString.ToUriComponent(),
            ["first_page_uri"] = At(0),
            ["previous_page_uri"] = page > 0 ? At(page - 1) : null,
            ["next_page_uri"] = items.Count > size ? At(page + 1) : null,
        }, TwilioJson.Options);
    }

    /// <summary>Whether a day is what <c>name</c>, <c>name&gt;</c> and <c>name&lt;</c> ask for; both include the day itself.</summary>
    public static bool IsWanted(HttpRequest request, string name, DateTimeOffset? at)
    {
        DateOnly? Asked(string sign) => TwilioDate.ReadDay(request.Query[name + sign]);
        var (on, from, to) = (Asked(""), Asked(">"), Asked("<"));
        if (on is null && from is null && to is null) { return true; }
        return at is { } time && TwilioDate.DayOf(time) is var day && (on is null || day == on) && (from is null || day >= from) && (to is null || day <= to);
    }

    /// <summary>Whether a field is what the query asks for, if it asks.</summary>
    public static bool IsWanted(HttpRequest request, string name, string? value) =>
        request.Query[name].ToString() is var asked && (asked.Length == 0 || asked == value || asked == value?.TrimStart('+'));

    private static int? Number(HttpRequest request, string name) =>
        int.TryParse(request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
