using Mfa.Functions;
using Mfa.Web;
using Microsoft.Extensions.Hosting;

try
{
    var builder = Head.Builder(args);
    Head.Add(builder);
    await builder.Build().RunAsync();
    return 0;
}
catch (SettingsException e)
{
    // One line, with a word that the host knows: what does not speak of an error, it takes for chatter.
    Console.Error.WriteLine($"Start-up error. {e.Message}");
    return 1;
}
