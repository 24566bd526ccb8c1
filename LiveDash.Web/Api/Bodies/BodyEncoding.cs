using System.IO.Compression;
using ZstdSharp;

namespace LiveDash.Web.Api.Bodies;

/// <summary>The encodings a body may have. Stateless.</summary>
internal static class BodyEncoding
{
    /// <summary>The encoding that a <c>Content-Encoding</c> names.</summary>
    /// <param name="header">The header's values.</param>
    /// <param name="encoding">One of gzip, br, deflate and zstd; null for none.</param>
    /// <returns>False for one that is not known, and for more than one.</returns>
    public static bool TryRead(Microsoft.Extensions.Primitives.StringValues header, out string? encoding)
    {
        encoding = null;
        if (header.Count == 0) return true;
        if (header.Count > 1) return false;
        var name = header[0]!.Trim().ToLowerInvariant();
        if (name is "" or "identity") return true;
        encoding = name == "x-gzip" ? "gzip" : name;
        return encoding is "gzip" or "br" or "deflate" or "zstd";
    }

    /// <summary>A stream that undoes an encoding, as far as the framework goes: see <see cref="CheckedDecoder"/> for what it leaves unseen.</summary>
    /// <param name="encoding">As <see cref="TryRead"/> gives it.</param>
    /// <param name="source">The encoded bytes.</param>
    /// <param name="isRaw">For deflate: without the header of zlib, as some clients send it.</param>
    public static Stream Open(string encoding, Stream source, bool isRaw) => encoding switch
    {
        "gzip" => new GZipStream(source, CompressionMode.Decompress),
        "br" => new BrotliStream(source, CompressionMode.Decompress),
        "zstd" => new DecompressionStream(source, checkEndOfStream: true),
        _ when isRaw => new DeflateStream(source, CompressionMode.Decompress),
        _ => new ZLibStream(source, CompressionMode.Decompress),
    };

    /// <summary>Whether deflate begins without the header of zlib (RFC 1950, section 2.2): then it is taken as raw (RFC 1951).</summary>
    public static bool IsRawDeflate(ReadOnlySpan<byte> head) =>
        head.Length < 2 || (head[0] & 0x0F) != 8 || (head[0] >> 4) > 7 || ((head[0] << 8) | head[1]) % 31 != 0;
}
