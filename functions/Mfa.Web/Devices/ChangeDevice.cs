using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>PATCH and DELETE /devices/{id}: a device takes another name, or gives itself up.</summary>
public sealed class ChangeDevice(AccountRows accounts, AccountChange change, TimeProvider time)
{
    public async Task<IResult> PatchAsync(Call call)
    {
        var fields = await Fields.ReadAsync(call.Request);
        var name = DeviceName.Read(fields, "name");
        fields.ThrowOnFaults();
        return await RunAsync(call, (account, id, device) => (account.With(id, device with { Name = name }), null));
    }

    public Task<IResult> DeleteAsync(Call call) => RunAsync(call, (account, id, _) => account.GiveUp(id));

    private async Task<IResult> RunAsync(Call call, Func<Account, string, Device, (Account, AccountRefusal?)> act)
    {
        var proof = call.TheDevice;
        if (await accounts.FindAsync(RowNames.AccountOf(proof.DeviceId), call.Aborted) is not { } found || Own(found.Account) is null)
        {
            return DeviceProof.Refusal(time.GetUtcNow());
        }

        call.IsFor(found.Account);
        var isTheirs = false;
        var changed = await change.RunAsync(found.Account.Tenant, found.Account.User, account =>
        {
            var device = Own(account);
            isTheirs = device is not null;
            return device is null ? (account, null) : act(account, proof.DeviceId, device);
        }, call.Aborted);
        return !isTheirs ? DeviceProof.Refusal(time.GetUtcNow())
            : changed.Refusal is { } refusal ? AccountProblems.Of(refusal, time.GetUtcNow())
            : Results.NoContent();

        Device? Own(Account account) => account.Method(proof.DeviceId)?.Device is { } device && proof.IsSignedBy(device.PublicKey) ? device : null;
    }
}
