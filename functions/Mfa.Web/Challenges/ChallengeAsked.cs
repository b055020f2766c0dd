using Mfa.Core;

namespace Mfa.Web;

/// <summary>What a caller asks for when it asks for a second step.</summary>
public sealed record ChallengeAsked
{
    private const int ShownAtMost = 100;
    private const int NonceAtMost = 512;
    private const int DetailsAtMost = 10;
    private const int StateAtMost = 512;

    /// <summary>The user's id; null where the user is asked for by name.</summary>
    public string? User { get; init; }

    /// <summary>The name that the user signs in with, in the place of the id.</summary>
    public string? UserName { get; init; }

    public string? MethodId { get; init; }

    public How? How { get; init; }

    public string? Application { get; init; }

    public string? Place { get; init; }

    public string? Ip { get; init; }

    public string? Nonce { get; init; }

    public string? Culture { get; init; }

    /// <summary>The token of a remembered browser.</summary>
    public string? RememberedBrowser { get; init; }

    /// <summary>Whether the browser is to be remembered.</summary>
    public bool RememberBrowser { get; init; }

    public ChallengeContext? Context { get; init; }

    /// <summary>Where the sign-in page sends the user back; null where the relying party shows a page of its own.</summary>
    public ChallengePage? Page { get; init; }

    /// <summary>What the answer needs, where it is asked for by a standard's names.</summary>
    public FederatedRequest? Federated { get; init; }

    /// <summary>How long it lives, where that is shorter than the policy's time.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>Whether nothing but a second step will do, of a user who isn't required to take one, too.</summary>
    public bool Insists { get; init; }

    /// <summary>What is known of the first step.</summary>
    public FirstStep FirstStep { get; init; }

    /// <summary>Whether a user without a method may set one up on the way, as far as that step allows it.</summary>
    public bool MaySetUp { get; init; } = true;

    /// <summary>What the user is called, to be shown while they set something up; null where nobody told.</summary>
    public string? ShownName { get; init; }

    /// <summary>What the request is known by, where no header says it.</summary>
    public string? Key { get; init; }

    /// <summary>The session of the first step.</summary>
    public string? Session { get; init; }

    /// <summary>Whether the user is contacted at once.</summary>
    public bool Contact { get; init; } = true;

    /// <summary>The hash of a code that is judged at once; null where none is.</summary>
    public string? Code { get; init; }

    /// <summary>Reads the body of POST /challenges or /me/challenges.</summary>
    /// <exception cref="BadRequestException">Something is missing or wrong.</exception>
    public static ChallengeAsked Read(Fields fields, ChallengeCaller caller, ClientSettings clients)
    {
        AskedUser.CheckTenant(fields, caller.Tenant);
        var culture = fields.Text("culture", 35);
        if (culture is not null && Cultures.Known(culture) is null)
        {
            fields.Fault("culture", "is no language such as nl-NL");
        }

        var own = caller.User;
        // Whoever has the password alone must not write what our own text or call says, nor what the activity shows.
        foreach (var name in own is null ? [] : new[] { "userName", "context", "application", "place", "ip", "nonce", "page" })
        {
            if (fields.Holds(name))
            {
                fields.Fault(name, "is for relying parties");
            }
        }

        var user = own is null ? AskedUser.Read(fields) : AskedUser.Of(fields, own.User);
        var asked = new ChallengeAsked
        {
            User = user.Id,
            UserName = user.Name,
            MethodId = fields.Text("methodId", ShownAtMost),
            How = fields.Choice("how", ("text", Core.How.Text), ("call", Core.How.Call), ("code", Core.How.Code), ("notification", Core.How.Notification)),
            Application = fields.Text("application", ShownAtMost),
            Place = fields.Text("place", ShownAtMost),
            Ip = fields.Text("ip", 45),
            Nonce = fields.Text("nonce", NonceAtMost),
            Culture = Cultures.Known(culture),
            RememberedBrowser = own is null ? fields.Text("rememberedBrowser", BrowserTokens.AtMost) : null,
            RememberBrowser = own is null && fields.Flag("rememberBrowser"),
            Context = fields.Part("context") is { } context ? ReadContext(fields, context) : null,
            Page = caller.Client is { } client && fields.Part("page") is { } page ? ReadPage(page, client, clients) : null,
            Contact = fields.Flag("contact", true),
        };
        fields.ThrowOnFaults();
        return asked;
    }

    // Character for character: whatever is like it may lead elsewhere.
    private static ChallengePage ReadPage(Fields page, string client, ClientSettings clients)
    {
        var returnTo = page.RequiredText("returnTo", ClientSettings.ReturnToAtMost);
        if (!string.IsNullOrWhiteSpace(returnTo) && !clients.MayReturnTo(client, returnTo))
        {
            page.Fault("returnTo", $"is none of the addresses that are set for {client}, character for character");
        }

        return new(returnTo, page.Text("state", StateAtMost));
    }

    private static ChallengeContext ReadContext(Fields fields, Fields context)
    {
        var title = context.RequiredText("title", ShownAtMost);
        var details = context.Parts("details", DetailsAtMost).Select(d => new ContextDetail(d.RequiredText("label", ShownAtMost), d.RequiredText("value", ShownAtMost))).ToList();
        var read = new ChallengeContext(title, [.. details], ContextHash.Of(title, details));
        if (read.Said.Length > ChallengeContext.SaidAtMost)
        {
            fields.Fault("context", $"is longer than {ChallengeContext.SaidAtMost} characters in all: it is said whole, or not at all");
        }

        return read;
    }

    /// <summary>What was asked for, for recognising it again.</summary>
    public string Summary
    {
        get
        {
            var summary = string.Join('\n', User, UserName, MethodId, How, Application, Place, Ip, Nonce, Culture, RememberedBrowser, RememberBrowser, Context?.Hash, Contact, Code, Federated?.CodeChallenge);
            return Page is { } page ? string.Join('\n', summary, page.ReturnTo, page.State) : summary;
        }
    }
}
