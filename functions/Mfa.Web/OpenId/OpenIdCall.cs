using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>A form that a program posts, and the program, which proved itself.</summary>
/// <param name="Form">The form.</param>
/// <param name="Client">The program.</param>
public sealed record OpenIdCall(Form Form, OpenIdClient Client);

/// <summary>Reads what programs post, and runs what they ask for on the beat where they may not learn who exists.</summary>
public sealed class OpenIdCalls(OpenIdClients clients, ClientProof proof, BlindBeat beat)
{
    /// <summary>Runs a request of a program that proved itself.</summary>
    public async Task<IResult> RunAsync(Call call, Func<OpenIdCall, Task<IResult>> run)
    {
        // RFC 6749 section 5.1, for caches that know no better.
        call.Request.HttpContext.Response.Headers.Pragma = "no-cache";
        Form form;
        try
        {
            form = await Form.ReadAsync(call.Request);
        }
        catch (BadRequestException bad)
        {
            return OpenIdError.Request($"The body is no form that can be read ({bad.Problem.Status}).");
        }

        if (form.Doubled is not null)
        {
            return OpenIdError.Request("A parameter stands there twice.");
        }

        var (client, refusal) = await proof.OfAsync(call.Request, form, clients);
        return client is null ? refusal!
            : client.IsBlind ? await beat.RunAsync(() => run(new(form, client)))
            : await run(new(form, client));
    }
}
