using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>Reads what a user asks to set up.</summary>
public sealed class EnrollmentChoices(CarrierSettings carrier, AllowedRegions regions)
{
    /// <summary>Reads the body of POST /me/enrollments.</summary>
    /// <exception cref="BadRequestException">Something is missing or wrong, or the number can't be used.</exception>
    public EnrollmentChoice Read(Fields fields, Account account)
    {
        var kind = fields.Choice("method", ("mobileApp", MethodKind.MobileApp), ("authenticationPhone", MethodKind.AuthenticationPhone), ("officePhone", MethodKind.OfficePhone));
        if (kind is null)
        {
            fields.Fault("method", "is missing");
        }
        else if (kind != MethodKind.MobileApp && !carrier.HasPhones)
        {
            throw new BadRequestException(Problem.Of(StatusCodes.Status409Conflict, "phones-unavailable"));
        }

        var how = kind switch
        {
            MethodKind.MobileApp => Mode(fields),
            MethodKind.AuthenticationPhone => fields.Choice("delivery", ("text", How.Text), ("call", How.Call)) ?? How.Text,
            _ => How.Call,
        };
        var phone = kind == MethodKind.AuthenticationPhone ? ReadPhone(fields, how) : null;
        fields.ThrowOnFaults();
        if (kind == MethodKind.OfficePhone)
        {
            phone = account.OfficePhone ?? throw new BadRequestException(Problem.Of(StatusCodes.Status409Conflict, "no-office-phone"));
        }

        if (phone is not null && !regions.Allows(phone))
        {
            throw new BadRequestException(Problem.OfField("region-not-allowed", "number"));
        }

        return new(kind!.Value, how, phone);
    }

    private static How Mode(Fields fields)
    {
        var mode = fields.Choice("mode", ("notification", How.Notification), ("code", How.Code));
        if (mode is null)
        {
            fields.Fault("mode", "is missing: notification, code");
        }

        return mode ?? default;
    }

    private static PhoneNumber? ReadPhone(Fields fields, How how)
    {
        var region = fields.RequiredText("region", 2);
        var number = fields.RequiredText("number", PhoneNumber.MostTyped);
        fields.ThrowOnFaults();
        var parsed = PhoneNumber.Parse(region, number);
        if (!parsed.IsNumber)
        {
            var refusal = parsed.Refusal.Value;
            throw new BadRequestException(Problem.OfField(Names.Kebab(refusal), refusal == PhoneRefusal.UnknownRegion ? "region" : "number"));
        }

        return how == How.Text && !parsed.Number.CanBeMobile
            ? throw new BadRequestException(Problem.OfField("cannot-receive-texts/delivery", "number"))
            : parsed.Number;
    }
}
