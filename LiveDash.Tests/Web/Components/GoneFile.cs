using Microsoft.AspNetCore.Components.Forms;

namespace LiveDash.Tests.Web.Components;

/// <summary>A file that somebody chose and then moved.</summary>
internal sealed class GoneFile : IBrowserFile
{
    /// <inheritdoc/>
    public string Name => "rules.yaml";

    /// <inheritdoc/>
    public DateTimeOffset LastModified => DateTimeOffset.UnixEpoch;

    /// <inheritdoc/>
    public long Size => 100;

    /// <inheritdoc/>
    public string ContentType => "application/yaml";

    /// <inheritdoc/>
    public Stream OpenReadStream(long maxAllowedSize = 512000, CancellationToken cancellationToken = default) => throw new IOException("It is not there any more.");
}
