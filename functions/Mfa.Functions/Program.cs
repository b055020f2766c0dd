using Mfa.Functions;
using Mfa.Web;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

try
{
    var builder = FunctionsApplication.CreateBuilder(args);
    builder.ConfigureFunctionsWebApplication();
    Head.Add(builder);
    await builder.Build().RunAsync();
    return 0;
}
catch (SettingsException e)
{
    // One line with all faults: the host logs each line of ours as an error of its own.
    Console.Error.WriteLine(e.Message);
    return 1;
}
