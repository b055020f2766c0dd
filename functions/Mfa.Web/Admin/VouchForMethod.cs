using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>
/// POST /admin/users/{user}/methods: a phone that the user proved elsewhere, such as at Microsoft Entra, so that nobody has to be set up anew. Nobody is contacted. It is as an admin's bypass: whoever
/// may do that is believed.
/// </summary>
public sealed class VouchForMethod(AccountChange change, KnownUser known, CarrierSettings carrier, AllowedRegions regions, AccountPolicy policy, TimeProvider time)
{
    public async Task<IResult> RunAsync(Call call)
    {
        var subject = Subject.Of(call);
        var fields = await Fields.ReadAsync(call.Request);
        var kind = fields.Choice("method", ("authenticationPhone", MethodKind.AuthenticationPhone), ("officePhone", MethodKind.OfficePhone));
        var how = fields.Choice("delivery", ("text", How.Text), ("call", How.Call)) ?? (kind == MethodKind.OfficePhone ? How.Call : How.Text);
        if (kind is null)
        {
            fields.Fault("method", "is missing: authenticationPhone, officePhone");
        }
        else if (kind == MethodKind.OfficePhone && (how == How.Text || fields.Holds("number")))
        {
            fields.Fault("method", "officePhone is called, at the number that the directory has");
        }

        var number = kind == MethodKind.AuthenticationPhone ? fields.RequiredText("number", PhoneNumber.MostTyped) : null;
        fields.ThrowOnFaults();
        if (!carrier.HasPhones)
        {
            return Problem.Of(StatusCodes.Status409Conflict, "phones-unavailable");
        }

        if (await known.FindAsync(subject, call.Aborted) is not { } found)
        {
            return Problem.NotFound();
        }

        var phone = number is null ? found.Account.OfficePhone : Read(number, how);
        if (phone is null)
        {
            return Problem.Of(StatusCodes.Status409Conflict, "no-office-phone");
        }

        if (!regions.Allows(phone))
        {
            return Problem.OfField("region-not-allowed", "number");
        }

        var now = time.GetUtcNow();
        var method = new ContactMethod { Id = RowNames.NewId(found.Account.Key), Kind = kind!.Value, How = how, Phone = phone, VerifiedAt = now };
        var changed = await change.RunAsync(subject.Tenant, subject.User, account => account.VouchedFor(method), call.Aborted, subject.Admin);
        return changed.Refusal is { } refusal ? AccountProblems.Of(refusal, now)
            : Wire.Json(UserView.Of(changed.After.Account, policy, now), changed.Before.Account.Methods.Length == changed.After.Account.Methods.Length ? StatusCodes.Status200OK : StatusCodes.Status201Created);
    }

    private static PhoneNumber Read(string number, How how)
    {
        var parsed = PhoneNumber.Parse(null, number);
        if (!parsed.IsNumber)
        {
            var refusal = parsed.Refusal.Value;
            throw new BadRequestException(Problem.OfField(Names.Kebab(refusal), "number"));
        }

        return how == How.Text && !parsed.Number.CanBeMobile ? throw new BadRequestException(Problem.OfField("cannot-receive-texts/delivery", "number")) : parsed.Number;
    }
}
