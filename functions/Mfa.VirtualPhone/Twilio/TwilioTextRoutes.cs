using Microsoft.AspNetCore.Http.Features;

namespace Mfa.VirtualPhone;

/// <summary>Twilio's REST surface of texts.</summary>
internal static class TwilioTextRoutes
{
    public static void Map(RouteGroupBuilder account)
    {
        account.MapPost("/Messages.json", Send);
        account.MapGet("/Messages.json", (HttpRequest request, TwilioTextDesk desk, VirtualPhoneOptions options) => TwilioPage.Of(
            request, "messages", desk.Texts.All().Where(text => IsWanted(request, text)), text => TwilioTextJson.Of(text, options.TwilioAccountSid)));
        account.MapGet("/Messages/{sid}.json", (HttpRequest request, string sid, TwilioTextDesk desk, VirtualPhoneOptions options) =>
            desk.Texts.Find(sid) is { } text ? TwilioJson.Answer(TwilioTextJson.Of(text, options.TwilioAccountSid)) : TwilioError.NotFound(request));
    }

    private static async Task<IResult> Send(HttpContext http, TwilioTextDesk desk, PhoneBook phones, Answering answering, VirtualPhoneOptions options) =>
        TextRefusals.Read(http.Features.GetRequiredFeature<TwilioForm>(), options, out var refusal) is { } order
            ? await answering.Give(http, phones.Of(order.To), () => desk.Send(order))
            : refusal;

    private static bool IsWanted(HttpRequest request, TwilioText text) =>
        TwilioPage.IsWanted(request, "To", text.Order.To.Value)
        && TwilioPage.IsWanted(request, "From", text.Order.From)
        && TwilioPage.IsWanted(request, "DateSent", text.IsInbound ? text.Created : text.Sent);
}
