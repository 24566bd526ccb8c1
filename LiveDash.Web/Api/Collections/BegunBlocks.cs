using LiveDash.Core.Storage;

namespace LiveDash.Web.Api.Collections;

/// <summary>Blocks whose first one is there already. Read once, by one reader, who ends it.</summary>
internal sealed class BegunBlocks : IAsyncEnumerable<PointBlock>, IAsyncEnumerator<PointBlock>
{
    private readonly IAsyncEnumerator<PointBlock> _blocks;
    private bool? _first;

    private BegunBlocks(IAsyncEnumerator<PointBlock> blocks, bool first) => (_blocks, _first) = (blocks, first);

    /// <inheritdoc/>
    public PointBlock Current => _blocks.Current;

    /// <summary>Waits for the first one.</summary>
    public static async Task<IAsyncEnumerable<PointBlock>> BeginAsync(IAsyncEnumerable<PointBlock> blocks, CancellationToken cancellationToken)
    {
        var begun = blocks.GetAsyncEnumerator(cancellationToken);
        try
        {
            return new BegunBlocks(begun, await begun.MoveNextAsync());
        }
        catch
        {
            await begun.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerator<PointBlock> GetAsyncEnumerator(CancellationToken cancellationToken = default) => this;

    /// <inheritdoc/>
    public ValueTask<bool> MoveNextAsync()
    {
        if (_first is not { } first) return _blocks.MoveNextAsync();
        _first = null;
        return ValueTask.FromResult(first);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _blocks.DisposeAsync();
}
