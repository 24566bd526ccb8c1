using System.IO.Pipelines;

namespace LiveDash.Web.Listeners;

/// <summary>A connection whose reading side keeps a rate: see <see cref="PacedReader"/>.</summary>
internal sealed class PacedPipe(IDuplexPipe inner, long bytesPerSecond, TimeProvider time) : IDuplexPipe
{
    public PipeReader Input { get; } = new PacedReader(inner.Input, bytesPerSecond, time);

    public PipeWriter Output => inner.Output;
}
