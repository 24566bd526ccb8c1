using System.Net.Sockets;

/// <summary>
/// What the runtime calls in the built program where <c>DOTNET_STARTUP_HOOKS</c> names this assembly: a thread that throws what nobody catches, as soon as a test says so on the port of
/// <c>LIVEDASH_TEST_FAULT</c>. The runtime asks for exactly this name, in no namespace.
/// </summary>
internal static class StartupHook
{
    /// <summary>The variable with the port.</summary>
    public const string Port = "LIVEDASH_TEST_FAULT";

    /// <summary>What is thrown says this.</summary>
    public const string Said = "A fault that nobody handles.";

    /// <summary>Called before <c>Main</c>.</summary>
    public static void Initialize()
    {
        var port = int.Parse(Environment.GetEnvironmentVariable(Port)!, System.Globalization.CultureInfo.InvariantCulture);
        new Thread(() => Wait(port)) { IsBackground = true }.Start();
    }

    private static void Wait(int port)
    {
        using var client = new TcpClient("127.0.0.1", port);
        client.GetStream().ReadByte();
        throw new InvalidOperationException(Said);
    }
}
