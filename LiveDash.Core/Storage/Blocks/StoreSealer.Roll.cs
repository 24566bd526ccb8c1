namespace LiveDash.Core.Storage.Blocks;

// Old points become summaries, in one change with the deletion of what they were made of.
internal sealed partial class StoreSealer
{
    /// <summary>Puts summaries in the place of some blocks of a series.</summary>
    /// <returns>How many rows were read; 0 where a block cannot be read, and all stay.</returns>
    /// <exception cref="StoreFullException">There is no space; nothing changed.</exception>
    /// <exception cref="StoreUnavailableException">The store is read-only; nothing changed.</exception>
    public async Task<int> RollAsync(RollChoice choice)
    {
        // Up to which id all is sealed is known once something was, and told with each change.
        if (_sealedTo == 0) await SealAsync().ConfigureAwait(false);
        _bodies.Clear();
        var points = new PointColumns(choice.Blocks.Sum(static block => block.Points));
        foreach (var block in choice.Blocks)
        {
            if (!blocks.TryReadAll(choice.Series, block, points)) return 0;
        }

        var rows = SummaryRoll.Of(points.View.ToSorted(), choice.Step).View;
        var made = new List<BlockHeader>();
        for (var start = 0; start < rows.Count; start += BlockCodec.MaxPoints)
        {
            var header = BlockCodec.Encode(rows, start, Math.Min(BlockCodec.MaxPoints, rows.Count - start), _body, _scratch);
            _bodies.Raw(_body.Written);
            made.Add(header with { Id = ++_lastBlock, Step = choice.Step });
        }

        var change = new SealedSeries(choice.Series, 0, choice.Blocks, made);
        await writer.ChangeAsync(
            new ChangeWork(() => parts.Database.WriteSeal([change], _bodies.Written, _sealedTo), () => parts.Index.Exchange(change), ChangeKind.Moves),
            CancellationToken.None).ConfigureAwait(false);
        return points.Count;
    }
}
