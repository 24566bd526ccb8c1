using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace LiveDash.Tests.Shared;

/// <summary>A mail server of one mail: speaks as much SMTP (RFC 5321) as a sender needs, with STARTTLS (RFC 3207) and AUTH PLAIN (RFC 4954) where it has a certificate, and keeps what it was sent.</summary>
internal sealed class MailReceiver : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _answerToRecipient;
    private readonly string _answerToUser;
    private readonly X509Certificate2? _certificate;

    /// <summary>Listens.</summary>
    /// <param name="answerToRecipient">What it says to <c>RCPT TO</c>.</param>
    /// <param name="certificate">Offers STARTTLS, and signing in once that is done; null for neither.</param>
    /// <param name="answerToUser">What it says to a user and password.</param>
    public MailReceiver(string answerToRecipient = "250 ok", X509Certificate2? certificate = null, string answerToUser = "235 welcome")
    {
        (_answerToRecipient, _certificate, _answerToUser) = (answerToRecipient, certificate, answerToUser);
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
        await client.GetStream().WriteAsync("220 test\r\n"u8.ToArray());
        if (!await TalkAsync(client.GetStream(), lines, _certificate is null ? "250 ok" : "250-test\r\n250 STARTTLS")) return lines;
        await using var safe = new SslStream(client.GetStream());
        await safe.AuthenticateAsServerAsync(_certificate!);
        lines.Add("(encrypted)");
        await TalkAsync(safe, lines, "250-test\r\n250 AUTH PLAIN");
        return lines;
    }

    // True where the sender asks for encryption.
    private async Task<bool> TalkAsync(Stream stream, List<string> lines, string greeting)
    {
        var isBody = false;
        while (await ReadLineAsync(stream) is { } line)
        {
            lines.Add(line);
            if (isBody && line != ".") continue;
            isBody = line == "DATA";
            var answer = isBody ? "354 go on" : line.Split(' ')[0] switch
            {
                "EHLO" => greeting,
                "STARTTLS" => "220 go on",
                "AUTH" => _answerToUser,
                "RCPT" => _answerToRecipient,
                _ => "250 ok",
            };
            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer + "\r\n"));
            if (line == "STARTTLS") return true;
            if (line == "QUIT") return false;
        }

        return false;
    }

    // Byte by byte: what follows STARTTLS is not this reader's.
    private static async Task<string?> ReadLineAsync(Stream stream)
    {
        var bytes = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one) == 1)
        {
            if (one[0] == '\n') return Encoding.UTF8.GetString([.. bytes]).TrimEnd('\r');
            bytes.Add(one[0]);
        }

        return null;
    }
}
