using Mfa.Local;
using Mfa.Web;

using var signals = new StopSignals();
try
{
    await using var head = await LocalHead.StartAsync(args, say: Console.WriteLine, cancel: signals.Token);
    Console.WriteLine(Greeting.Of(head));
    await head.Ended.WaitAsync(signals.Token);
    Console.Error.WriteLine("The backend ended by itself; the log above says why.");
}
catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
{
    return 0;
}
catch (SettingsException e)
{
    Console.Error.WriteLine(string.Join(Environment.NewLine, e.Faults));
}
catch (StartException e)
{
    Console.Error.WriteLine(e.Message);
}

return 1;
