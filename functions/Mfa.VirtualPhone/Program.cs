using Mfa.VirtualPhone;
using Microsoft.Extensions.Options;

try
{
    await using var app = VirtualPhoneNetwork.Build(args);
    await app.StartAsync();
    var address = app.Urls.First();
    Console.WriteLine($"""
        The virtual telephone network is up. Ctrl+C stops it.
          phones              {address}/
          connection string   {address}/connection
          OpenID document     {address}/calling/.well-known/acsopenidconfiguration
        """);
    await app.WaitForShutdownAsync();
    return 0;
}
catch (Exception fault) when (fault is OptionsValidationException or IOException or FormatException)
{
    Console.Error.WriteLine($"The virtual telephone network can't start: {fault.Message}");
    return 1;
}
