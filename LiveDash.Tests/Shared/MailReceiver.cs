using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LiveDash.Tests.Shared;

/// <summary>A mail server of one mail: speaks as much SMTP (RFC 5321) as a sender needs, and keeps what it was sent.</summary>
internal sealed class MailReceiver : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _answerToRecipient;

    /// <summary>Listens.</summary>
    /// <param name="answerToRecipient">What it says to <c>RCPT TO</c>.</param>
    public MailReceiver(string answerToRecipient = "250 ok")
    {
        _answerToRecipient = answerToRecipient;
        _listener.Start();
        Received = ReceiveAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The lines of the first connection, once it is over.</summary>
    public Task<IReadOnlyList<string>> Received { get; }

    public void Dispose() => _listener.Dispose();

    private async Task<IReadOnlyList<string>> ReceiveAsync()
    {
        var lines = new List<string>();
        using var client = await _listener.AcceptTcpClientAsync();
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 test");
        var isBody = false;
        while (await reader.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (isBody && line != ".") continue;
            isBody = line == "DATA";
            await writer.WriteLineAsync(isBody ? "354 go on" : line.StartsWith("RCPT", StringComparison.Ordinal) ? _answerToRecipient : "250 ok");
            if (line == "QUIT") break;
        }

        return lines;
    }
}
