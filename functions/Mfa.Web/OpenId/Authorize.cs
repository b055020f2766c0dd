using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>
/// GET and POST /authorize. Nobody has proved anything here: the browser goes on to where the user takes the first step, and then asks again as that user. A program that
/// takes the first step itself has pushed its request, and is believed.
/// </summary>
public sealed class Authorize(OpenIdClients clients, PushedRequests pushed, Authorizations authorizations, BlindBeat beat, ServiceSettings service)
{
    // Of an address, with the scheme and the host: servers take lines of 8 KB.
    private const int QueryAtMost = 7 * 1024;

    public async Task<IResult> RunAsync(Call call)
    {
        var form = HttpMethods.IsPost(call.Request.Method) ? await Form.ReadAsync(call.Request) : Form.OfQuery(call.Request.QueryString.Value ?? "");
        var (request, found) = Read(form, clients, pushed);
        if (request.Refusal is { } refusal)
        {
            return new SeeOther(request.Refused(refusal, service.Issuer));
        }

        if (request.Client.TakesFirstStep)
        {
            var (next, problem) = request.Client.IsBlind ? await beat.RunAsync(OpenAsync) : await OpenAsync();
            return problem is null ? new SeeOther(next!) : problem;
        }

        var query = FirstStep(form, request, found).Query;
        return new SeeOther(query.Length > QueryAtMost ? request.Refused(OpenIdError.Request("The request is too long."), service.Issuer) : $"{service.PublicUrl}/sign-in?{query}");

        // One that isn't pushed is refused above.
        Task<(string? Next, Problem? Problem)> OpenAsync() => authorizations.OpenAsync(call, request, null, key: form["request_uri"]);
    }

    // What nobody looks at is not carried on: a code or an error in it would look like the issuer's answer.
    private Form FirstStep(Form form, AuthorizationRequest request, Form? found) =>
        found is not null ? pushed.Kept(request.Client.Id, found)
        // Somebody's token is not written into an address that we make.
        : form.Only(AuthorizationRequest.Names) is var known && request.IdTokenHint is not null ? pushed.Kept(request.Client.Id, known)
        : known;

    /// <summary>Reads a request, or the one that it names.</summary>
    /// <returns>It, and what was pushed; null where it was not.</returns>
    /// <exception cref="BadRequestException">Nothing may go back.</exception>
    public static (AuthorizationRequest Request, Form? Pushed) Read(Form form, OpenIdClients clients, PushedRequests pushed)
    {
        var found = form["request_uri"] is { } name ? pushed.Find(name, form["client_id"]) : null;
        var request = AuthorizationRequest.Read(found ?? form, clients);
        // Its name is no proof of anything, and everybody could write it into an address.
        return (found is null && request.Client.TakesFirstStep && request.Refusal is null
            ? request.Without(OpenIdError.Request("This client takes the first step itself, so it has to push its requests (RFC 9126).")) : request, found);
    }
}
