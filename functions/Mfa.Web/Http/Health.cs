using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>GET /healthz: whether this process can reach its storage.</summary>
public sealed class Health(Tables tables)
{
    private static readonly TimeSpan s_within = TimeSpan.FromSeconds(5);

    public async Task<IResult> GetAsync(Call call)
    {
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted);
        cut.CancelAfter(s_within);
        // A point read of a row that is not there.
        await tables.Accounts.GetEntityIfExistsAsync<StateRow>("health", "health", cancellationToken: cut.Token);
        return Results.Text("ok");
    }
}
