using Mfa.Core;

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
            throw new BadRequestException(Problem.Of(409, "phones-unavailable", "This service sends no texts and places no calls. Use an authenticator app."));
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
            phone = account.OfficePhone ?? throw new BadRequestException(Problem.Of(409, "no-office-phone", "The company's directory has no office phone for this account."));
        }

        if (phone is not null && !regions.Allows(phone))
        {
            throw new BadRequestException(Problem.Field("region-not-allowed", "number", "Texts and calls to this region are not allowed here."));
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
            throw new BadRequestException(Problem.Field(Names.Kebab(refusal), refusal == PhoneRefusal.UnknownRegion ? "region" : "number", Says(refusal)));
        }

        return how == How.Text && !parsed.Number.CanBeMobile
            ? throw new BadRequestException(Problem.Field("cannot-receive-texts", "number", "A landline gets no texts. Choose delivery call."))
            : parsed.Number;
    }

    private static string Says(PhoneRefusal refusal) => refusal switch
    {
        PhoneRefusal.UnknownRegion => "There is no such region.",
        PhoneRefusal.NotANumber => "This is not a phone number.",
        PhoneRefusal.UnknownCallingCode => "No country has this calling code.",
        PhoneRefusal.RegionMismatch => "The number is not of this region.",
        PhoneRefusal.TooLong => "The number is too long.",
        PhoneRefusal.TooShort => "The number is too short.",
        PhoneRefusal.NotInUse => "There is no such number in this region.",
        PhoneRefusal.HasExtension => "Only the office phone in the company's directory can have an extension.",
        PhoneRefusal.Emergency => "Emergency numbers are never called.",
        PhoneRefusal.ShortNumber => "Short numbers are never called.",
        PhoneRefusal.PremiumRate => "Premium-rate numbers are never called.",
        PhoneRefusal.SharedCost => "Shared-cost numbers are never called.",
        _ => "This is no phone that a person answers.",
    };
}
