using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>A device in its user's list: its id is that of its method.</summary>
public sealed record OwnDeviceView(string Id, string Name, string Platform, bool? Locked, DateTimeOffset ActivatedAt);

/// <summary>The devices of an account.</summary>
public sealed record DevicesView(IReadOnlyList<OwnDeviceView> Items);

/// <summary>GET /me/devices and DELETE /me/devices/{id}: a device goes with its method.</summary>
public sealed class OwnDevices(AccountRows accounts, AccountChange change, AccountPolicy policy, TimeProvider time)
{
    public async Task<IResult> GetAsync(Call call)
    {
        var account = (await accounts.OwnAsync(call)).Account;
        return Wire.Json(new DevicesView([.. account.Methods.Where(m => m.Device is not null).Select(m => Of(m, DeviceView.Of(m, policy)!))]));
    }

    public async Task<IResult> DeleteAsync(Call call)
    {
        var id = call.Value("id");
        var changed = await change.RunAsync(call, a => a.Method(id)?.Device is null ? (a, null) : a.Remove(id, call.Caller.SecondStep?.For(a), policy, time.GetUtcNow()));
        return changed.Before.Account.Method(id)?.Device is null ? Problem.NotFound()
            : changed.Refusal is { } refusal ? AccountProblems.Of(refusal, time.GetUtcNow())
            : Results.NoContent();
    }

    private static OwnDeviceView Of(ContactMethod method, DeviceView device) => new(method.Id, device.Name, device.Platform, device.Locked, method.VerifiedAt);
}
