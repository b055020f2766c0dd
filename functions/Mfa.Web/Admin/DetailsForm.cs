using System.Net.Mail;
using Mfa.Core;

namespace Mfa.Web;

/// <summary>The details that an admin sends: what is not sent stays where it is a change, and is nothing where it is the whole.</summary>
public sealed class DetailsForm
{
    private const int NameAtMost = 256;

    // RFC 5321 section 4.5.3.1.3, without its brackets.
    private const int EmailAtMost = 254;

    private readonly Fields _fields;
    private readonly AccountDetails _sent;

    private DetailsForm(Fields fields) => (_fields, _sent) = (fields, new(
        Name(fields, "userName"), Name(fields, "displayName"), EmailOf(fields), Phone(fields), CultureField.Read(fields).Name, fields.Flag("required"), Grace.Until(fields)));

    /// <summary>The user name that was sent; null where there is none.</summary>
    public string? UserName => _sent.UserName;

    /// <exception cref="BadRequestException">Some field is wrong.</exception>
    public static DetailsForm Read(Fields fields)
    {
        var form = new DetailsForm(fields);
        fields.ThrowOnFaults();
        return form;
    }

    /// <summary>All details, by a PUT.</summary>
    public AccountDetails Whole => _sent;

    /// <summary>An account's details with those changed that were sent, by a PATCH (RFC 7396).</summary>
    public AccountDetails Over(AccountDetails known) => new(
        _fields.Holds("userName") ? _sent.UserName : known.UserName,
        _fields.Holds("displayName") ? _sent.DisplayName : known.DisplayName,
        _fields.Holds("email") ? _sent.Email : known.Email,
        _fields.Holds("officePhone") ? _sent.OfficePhone : known.OfficePhone,
        _fields.Holds("culture") ? _sent.Culture : known.Culture,
        _fields.Holds("required") ? _sent.Required : known.Required,
        _fields.Holds("graceUntil") ? _sent.GraceUntil : known.GraceUntil);

    private static string? Name(Fields fields, string member)
    {
        var name = fields.Text(member, NameAtMost)?.Trim();
        if (name is "")
        {
            fields.Fault(member, "is blank");
        }

        return name;
    }

    private static string? EmailOf(Fields fields)
    {
        var email = fields.Text("email", EmailAtMost);
        if (email is not null && !(MailAddress.TryCreate(email, out var parsed) && parsed.Address == email))
        {
            fields.Fault("email", "is no address");
        }

        return email;
    }

    private static PhoneNumber? Phone(Fields fields)
    {
        if (fields.Text("officePhone", PhoneNumber.MostTyped) is not { } typed)
        {
            return null;
        }

        var parsed = PhoneNumber.ParseOffice(null, typed);
        if (!parsed.IsNumber)
        {
            fields.Fault("officePhone", $"can't be called ({Names.Kebab(parsed.Refusal.Value)}): it is written with + and the country's code");
        }

        return parsed.Number;
    }
}
