using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace LiveDash.Web.Listeners;

/// <summary>Gives each of Kestrel's queues a <see cref="BlockPool"/>. Stateless.</summary>
internal sealed class BlockPoolFactory : IMemoryPoolFactory<byte>
{
    /// <inheritdoc/>
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new BlockPool();
}
