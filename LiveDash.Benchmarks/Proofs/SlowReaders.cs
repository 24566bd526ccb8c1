using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>Connections that have asked for something long and read none of it; closed on disposal.</summary>
internal sealed class SlowReaders : IDisposable
{
    private readonly List<Socket> _sockets = [];

    private SlowReaders()
    {
    }

    /// <summary>Opens them.</summary>
    public static SlowReaders Open(Uri server, int count, string path)
    {
        var readers = new SlowReaders();
        for (var i = 0; i < count; i++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4_096 };
            readers._sockets.Add(socket);
            socket.Connect(IPAddress.Loopback, server.Port);
            socket.Send(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {server.Authority}\r\n\r\n"));
        }

        return readers;
    }

    /// <inheritdoc/>
    public void Dispose() => _sockets.ForEach(static socket => socket.Dispose());
}
