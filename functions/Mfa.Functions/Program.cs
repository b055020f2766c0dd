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
    // One line each; the host shows them and gives up.
    Console.Error.WriteLine(string.Join(Environment.NewLine, e.Faults));
    return 1;
}
