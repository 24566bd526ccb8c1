using LiveDash.Core.Model;

namespace LiveDash.Web.Api.Bodies;

/// <summary>
/// Lets every route see its body plain, whatever <c>Content-Encoding</c> it came with: gzip, br, deflate with or without the header of zlib, zstd. What is wrong
/// with an encoded body is told at its first read, as a <see cref="BodyRefusedException"/>.
/// </summary>
internal static class BodyDecoding
{
    /// <summary>Stands behind routing, since a route may say that it undoes its encoding itself.</summary>
    public static void UseBodyDecoding(this WebApplication app) => app.Use(static async (context, next) =>
    {
        var header = context.Request.Headers.ContentEncoding;
        if (header.Count == 0 || context.GetEndpoint()?.Metadata.GetMetadata<OwnBodyEncoding>() is not null)
        {
            await next(context);
            return;
        }

        var known = BodyEncoding.TryRead(header, out var encoding);
        if (known && encoding is null)
        {
            await next(context);
            return;
        }

        var services = context.RequestServices;
        var plain = context.Request.Body;
        await using var body = new EncodedBody(
            plain, known ? encoding! : "", services.GetRequiredService<Limits>(), services.GetRequiredService<HeldBytes>(), services.GetRequiredService<TimeProvider>());
        context.Request.Body = body;
        try
        {
            await next(context);
        }
        finally
        {
            context.Request.Body = plain;
        }
    });
}
