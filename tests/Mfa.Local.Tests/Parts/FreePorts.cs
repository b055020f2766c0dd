using System.Net;
using System.Net.Sockets;

namespace Mfa.Local.Tests;

/// <summary>Ports that nobody listens on.</summary>
internal static class FreePorts
{
    private static int s_next = 20000 + (Environment.ProcessId % 500 * 20);

    /// <summary>The first of three in a row.</summary>
    public static int Three()
    {
        while (true)
        {
            var first = Interlocked.Add(ref s_next, 3);
            if (Enumerable.Range(first, 3).All(IsFree))
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
