using System.Buffers;

namespace LiveDash.Core.Ingestion.Listeners;

/// <summary>
/// Tells whether a connection begins as a browser's would: a page of any site can make one send an HTTP request, or a TLS greeting, to a port of this machine, with a
/// body of the page's choice. Stateless.
/// </summary>
public static class HttpSniff
{
    /// <summary>As many first bytes as decide every case.</summary>
    public const int Needed = 8;

    private static readonly byte[][] s_methods =
        [.. new[] { "GET ", "POST ", "PUT ", "HEAD ", "PATCH ", "TRACE ", "DELETE ", "OPTIONS ", "CONNECT ", "PRI * " }.Select(System.Text.Encoding.ASCII.GetBytes)];

    /// <summary>Looks at the first bytes.</summary>
    /// <param name="start">The first bytes, as many as came.</param>
    /// <param name="isLast">True when nothing follows.</param>
    /// <returns>The reason to close the connection, <c>""</c> for a sound beginning, or null where more bytes are needed to tell.</returns>
    public static string? Judge(in ReadOnlySequence<byte> start, bool isLast)
    {
        Span<byte> head = stackalloc byte[Needed];
        var length = (int)Math.Min(Needed, start.Length);
        start.Slice(0, length).CopyTo(head);
        ReadOnlySpan<byte> bytes = head[..length];
        if (bytes is [0x16, 0x03, ..]) return "tls";
        var open = false;
        foreach (var method in s_methods)
        {
            if (bytes.StartsWith(method.AsSpan(0, Math.Min(method.Length, Needed)))) return "http";
            open |= method.AsSpan().StartsWith(bytes);
        }

        open |= bytes is [0x16];
        return open && !isLast ? null : "";
    }
}
