using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>PATCH /me: what is contacted first, which is a sensitive change, and the language, which is none.</summary>
public sealed class ChangeMe(AccountChange change, MeViews views, AccountPolicy policy, TimeProvider time)
{
    private const int IdAtMost = 100;

    public async Task<IResult> RunAsync(Call call)
    {
        var fields = await Fields.ReadAsync(call.Request);
        var preferred = Preferred(fields);
        var culture = CultureField.Read(fields);
        fields.ThrowOnFaults();
        var changed = await change.RunAsync(call, Decide);
        // From here on in the language that was chosen.
        call.IsFor(changed.After.Account);
        return changed.Refusal is { } refusal ? AccountProblems.Of(refusal, time.GetUtcNow()) : Wire.Json(views.Of(changed.After.Account, call));

        (Account, AccountRefusal?) Decide(Account account)
        {
            var spoken = culture.Given && culture.Name != account.Culture ? account with { Culture = culture.Name } : account;
            return preferred is null ? (spoken, null) : spoken.Prefer(Known(preferred, account), call.Caller.SecondStep?.For(account), policy, time.GetUtcNow());
        }
    }

    private static Preferred? Preferred(Fields fields)
    {
        if (fields.Part("preferred") is not { } part)
        {
            return null;
        }

        var id = part.RequiredText("methodId", IdAtMost);
        var how = part.Choice("how", ("text", How.Text), ("call", How.Call), ("code", How.Code), ("notification", How.Notification));
        if (how is null)
        {
            part.Fault("how", "is missing");
        }

        return new(id, how ?? default);
    }

    private static Preferred Known(Preferred preferred, Account account) =>
        account.Method(preferred.MethodId) is not { } method ? throw new BadRequestException(Problem.Field("preferred.methodId", "is no method of this account"))
        : !Ways.Of(method.Kind, method.Phone, method.Device is not null).Contains(preferred.How) ? throw new BadRequestException(Problem.Field("preferred.how", "is no way of this method"))
        : preferred;
}
