using System.IO.Pipelines;
using LiveDash.Core.Model;
using LiveDash.Web.Api.Bodies;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace LiveDash.Web.Api.Points;

/// <summary>
/// Opens a request's body for a decoder, with the bounds of <see cref="Limits"/>, and so that a stream that is quiet is not cut by Kestrel's 240 bytes a second.
/// Its encoding was undone by <see cref="BodyDecoding"/>.
/// </summary>
internal static class IngestBody
{
    /// <summary>Opens the body.</summary>
    public static PipeReader Open(HttpContext context, Limits limits)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = limits.MaxBodyBytes;
        // A body whose length is known is sent as fast as the line allows, so Kestrel cuts a slow one off; one without an end in sight may be quiet by
        // nature, and StreamPump bounds how long.
        if (context.Request.ContentLength is null && context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = null;
        return context.Request.Body is EncodedBody body
            ? PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: 64 * 1024, minimumReadSize: 16 * 1024, leaveOpen: true))
            : context.Request.BodyReader;
    }
}
