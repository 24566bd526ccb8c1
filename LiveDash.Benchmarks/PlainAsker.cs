using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace LiveDash.Benchmarks;

/// <summary>Asks a server the same over one kept connection, on the calling thread, and tells how long each answer took to arrive whole. Not thread-safe.</summary>
internal sealed class PlainAsker : IDisposable
{
    private const int LongestMs = 30_000;

    private static readonly byte[] s_lastChunk = "0\r\n\r\n"u8.ToArray();
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = LongestMs };
    private readonly byte[] _request;
    private byte[] _answer = new byte[1 << 16];

    /// <summary>Connects.</summary>
    internal PlainAsker(Uri address, string path)
    {
        _socket.Connect(address.Host, address.Port);
        _request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n");
    }

    /// <summary>Asks once.</summary>
    /// <exception cref="IOException">The answer is not 200, or the connection was closed.</exception>
    /// <exception cref="SocketException">Nothing came for 30 s.</exception>
    internal TimeSpan Ask()
    {
        var begin = Stopwatch.GetTimestamp();
        _socket.Send(_request);
        var length = 0;
        do
        {
            if (length == _answer.Length) Array.Resize(ref _answer, 2 * length);
            var read = _socket.Receive(_answer.AsSpan(length));
            if (read == 0) throw new IOException("The server closed the connection.");
            length += read;
        }
        while (!IsWhole(_answer.AsSpan(0, length)));

        if (!_answer.AsSpan(0, length).StartsWith("HTTP/1.1 200 "u8)) throw new IOException(Encoding.ASCII.GetString(_answer, 0, Math.Min(length, 200)));
        return Stopwatch.GetElapsedTime(begin);
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0) return false;
        var field = answer[..head].IndexOf("\r\nContent-Length: "u8);
        if (field < 0) return answer.EndsWith(s_lastChunk);
        var digits = answer[(field + 18)..];
        digits = digits[..digits.IndexOf((byte)'\r')];
        return answer.Length >= head + 4 + int.Parse(digits, CultureInfo.InvariantCulture);
    }
}
