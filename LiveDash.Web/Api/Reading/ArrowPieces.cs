using Microsoft.Extensions.ObjectPool;

namespace LiveDash.Web.Api.Reading;

/// <summary>
/// Streams in memory in which a batch of an <see cref="ArrowStream"/> is put together, each used again by later answers: grown anew for each, they would end in the heap of large objects, whose
/// collections hold up every request. At most two a processor are kept, of 1 MiB each. Thread-safe.
/// </summary>
internal sealed class ArrowPieces : PooledObjectPolicy<MemoryStream>
{
    private const int MostBytes = 1 << 20;

    /// <summary>The pool.</summary>
    public static ObjectPool<MemoryStream> Pool { get; } = new DefaultObjectPool<MemoryStream>(new ArrowPieces(), 2 * Environment.ProcessorCount);

    /// <inheritdoc/>
    public override MemoryStream Create() => new();

    /// <inheritdoc/>
    public override bool Return(MemoryStream obj)
    {
        obj.SetLength(0);
        return obj.Capacity <= MostBytes;
    }
}
