using System.IO.Compression;
using LiveDash.Web.Api.Reading;
using Microsoft.AspNetCore.ResponseCompression;

namespace LiveDash.Web.Api;

/// <summary>
/// gzip and br for what the API answers, where the reader asks for it. Fastest, because a stream should cost less to press than to send;
/// not for pages, which would hide a secret beside what another site may choose (BREACH), and not for event streams.
/// </summary>
internal static class ApiCompression
{
    /// <summary>Adds the providers.</summary>
    public static void AddApiCompression(this IServiceCollection services)
    {
        services.AddSingleton<IResponseCompressionProvider, FarReaderCompression>();
        services.AddResponseCompression(static options =>
        {
            options.MimeTypes = ["application/x-ndjson", "text/csv", "application/json", "application/problem+json", "text/plain", ColumnsWriter.MediaType, ArrowStream.MediaType];
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(static options => options.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(static options => options.Level = CompressionLevel.Fastest);
    }
}
