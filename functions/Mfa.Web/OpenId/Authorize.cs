using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>
/// GET and POST /authorize. Nobody has proved anything here: the browser goes on to where the user takes the first step, and then asks again as that user. A program that
/// takes the first step itself has pushed its request, and is believed.
/// </summary>
public sealed class Authorize(OpenIdClients clients, PushedRequests pushed, Authorizations authorizations, BlindBeat beat, ServiceSettings service)
{
    public async Task<IResult> RunAsync(Call call)
    {
        var form = HttpMethods.IsPost(call.Request.Method) ? await Form.ReadAsync(call.Request) : Form.OfQuery(call.Request.QueryString.Value ?? "");
        var (request, isPushed) = Read(form, clients, pushed);
        if (request.Refusal is { } refusal)
        {
            return new SeeOther(request.Refused(refusal, service.Issuer));
        }

        return request.Client.TakesFirstStep && isPushed ? await OpenAsync(call, request, form["request_uri"]!) : new SeeOther($"{service.PublicUrl}/sign-in?{FirstStep(form, request, isPushed).Query}");
    }

    private async Task<IResult> OpenAsync(Call call, AuthorizationRequest request, string name)
    {
        var since = Stopwatch.GetTimestamp();
        var (next, problem) = await authorizations.OpenAsync(call, request, null, key: name);
        if (request.Client.IsBlind)
        {
            await beat.NextAsync(since);
        }

        return problem is null ? new SeeOther(next!) : problem;
    }

    // What nobody looks at is not carried on: a code or an error in it would look like the issuer's answer.
    private Form FirstStep(Form form, AuthorizationRequest request, bool isPushed) =>
        isPushed ? pushed.Kept(request.Client.Id, pushed.Find(form["request_uri"]!, request.Client.Id)!)
        // Somebody's token is not written into an address that we make.
        : request.IdTokenHint is not null ? pushed.Kept(request.Client.Id, form.Only(AuthorizationRequest.Names))
        : form.Only(AuthorizationRequest.Names);

    /// <summary>Reads a request, or the one that it names.</summary>
    /// <exception cref="BadRequestException">Nothing may go back.</exception>
    public static (AuthorizationRequest Request, bool IsPushed) Read(Form form, OpenIdClients clients, PushedRequests pushed)
    {
        var found = form["request_uri"] is { } name ? pushed.Find(name, form["client_id"]) : null;
        var request = AuthorizationRequest.Read(found ?? form, clients);
        // Its name is no proof of anything, and everybody could write it into an address.
        return (found is null && request.Client.TakesFirstStep && request.Refusal is null
            ? request.Without(OpenIdError.Request("This client takes the first step itself, so it has to push its requests (RFC 9126).")) : request, found is not null);
    }
}
