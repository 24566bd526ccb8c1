using LiveDash.Core.Jobs;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Core.Storage;

namespace LiveDash.Tests.Core.Jobs.Remote;

/// <summary>Two points of the first series, in the first second of 1970.</summary>
internal sealed class TwoPoints : IPlotPoints
{
    public void Scan(IReadOnlyList<PlotSeries> series, TimeRange range, bool locatedOnly, Action<PointBlock> onBlock, CancellationToken cancellationToken) => onBlock(new PointBlock
    {
        Ids = new long[] { 1, 2 }, Series = new[] { series[0].Number, series[0].Number }, Times = new[] { range.From, range.From + TimeSpan.TicksPerSecond }, Values = new[] { 1.0, 2.0 },
    });

    public void Dispose()
    {
    }
}
