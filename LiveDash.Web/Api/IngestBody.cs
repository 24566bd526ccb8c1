using System.IO.Compression;
using System.IO.Pipelines;
using LiveDash.Core.Model;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace LiveDash.Web.Api;

/// <summary>
/// Opens a request's body for a decoder: gzip, br or deflate undone, with the bounds of <see cref="Limits"/> kept while it is read, so that a small
/// bomb cannot fill the memory and a quiet stream is not cut by Kestrel's 240 bytes a second.
/// </summary>
internal static class IngestBody
{
    // Below this a ratio says nothing: a few repeated lines compress far better than 100:1.
    private const long RatioFreeBytes = 1024 * 1024;

    /// <summary>Opens the body; null where the encoding is none that is known, or more than one.</summary>
    public static PipeReader? TryOpen(HttpContext context, Limits limits)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = limits.MaxBodyBytes;
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = null;
        var encoding = context.Request.Headers.ContentEncoding;
        if (encoding.Count == 0) return context.Request.BodyReader;
        if (encoding.Count > 1) return null;
        var name = encoding[0]!.Trim().ToLowerInvariant();
        if (name is "" or "identity") return context.Request.BodyReader;
        var compressed = new BoundedStream(context.Request.Body, static _ => null);
        Stream? plain = name switch
        {
            "gzip" or "x-gzip" => new GZipStream(compressed, CompressionMode.Decompress),
            "br" => new BrotliStream(compressed, CompressionMode.Decompress),
            "deflate" => new ZLibStream(compressed, CompressionMode.Decompress),
            _ => null,
        };
        if (plain is null) return null;
        var bounded = new BoundedStream(plain, total => Breach(total, compressed.Total, limits));
        return PipeReader.Create(bounded, new StreamPipeReaderOptions(bufferSize: 64 * 1024, minimumReadSize: 16 * 1024));
    }

    private static string? Breach(long plain, long compressed, Limits limits)
    {
        if (plain > limits.MaxDecompressedBytes)
        {
            return $"The decompressed body is longer than {limits.MaxDecompressedBytes} bytes (LiveDash:Limits:MaxDecompressedBytes).";
        }

        return plain > RatioFreeBytes && plain > compressed * limits.MaxCompressionRatio
            ? $"The body decompresses more than {limits.MaxCompressionRatio}:1 (LiveDash:Limits:MaxCompressionRatio)."
            : null;
    }
}
