using System.Net;
using System.Net.Sockets;

namespace Mfa.Tests;

/// <summary>Ports that nobody listens on, below those that the system gives to outgoing connections.</summary>
internal static class FreePorts
{
    // By the process: test projects may run side by side.
    private static int s_next = 20000 + (Environment.ProcessId % 500 * 20);

    /// <summary>The first of some in a row.</summary>
    public static int Take(int count)
    {
        while (true)
        {
            var first = Interlocked.Add(ref s_next, count) - count;
            if (Enumerable.Range(first, count).All(IsFree))
            {
                return first;
            }
        }
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
