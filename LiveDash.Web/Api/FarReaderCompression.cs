using System.Net;
using LiveDash.Web.Api.Reading;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace LiveDash.Web.Api;

/// <summary>
/// Leaves binary columns unpressed for readers on this machine. Browsers ask for gzip always and cannot be told not to, and pressing half a million
/// points costs them many times what the loopback needs to send them. Thread-safe.
/// </summary>
internal sealed class FarReaderCompression(IServiceProvider services, IOptions<ResponseCompressionOptions> options) : ResponseCompressionProvider(services, options)
{
    /// <inheritdoc/>
    public override bool ShouldCompressResponse(HttpContext context) =>
        (context.Response.ContentType is not (ColumnsWriter.MediaType or ArrowStream.MediaType) || !IsNear(context.Connection.RemoteIpAddress)) && base.ShouldCompressResponse(context);

    /// <summary>True for the loopback, and for what has no address.</summary>
    internal static bool IsNear(IPAddress? address) => address is null || IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
}
