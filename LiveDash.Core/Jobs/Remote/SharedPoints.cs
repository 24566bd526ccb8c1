using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Jobs.Remote;

/// <summary>The points of a store that the server and its workers share, read from there without the server. Thread-safe; reads on the calling thread.</summary>
internal sealed class SharedPoints(IPointReader reader) : IPlotPoints
{
    /// <inheritdoc/>
    public void Scan(IReadOnlyList<PlotSeries> series, TimeRange range, bool locatedOnly, Action<PointBlock> onBlock, CancellationToken cancellationToken)
    {
        var stored = reader.Find([.. series.Select(static s => s.Key)]);
        var numbers = new Dictionary<int, int>();
        for (var i = 0; i < stored.Count; i++)
        {
            // A series without a stored point is unknown there.
            if (stored[i] >= 0) numbers[stored[i]] = series[i].Number;
        }

        if (numbers.Count == 0) return;
        var query = new PointQuery { Series = [.. numbers.Keys], Range = range, LocatedOnly = locatedOnly, WithSummaries = true };
        var places = Array.Empty<int>();
        Jobs.Scan.Run(reader.ScanAsync(query, cancellationToken), Take, cancellationToken);

        void Take(PointBlock block)
        {
            if (places.Length < block.Count) places = new int[block.Count];
            var from = block.Series.Span;
            for (var i = 0; i < from.Length; i++) places[i] = numbers[from[i]];
            onBlock(block with { Series = places.AsMemory(0, from.Length) });
        }
    }

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();
}
