using LiveDash.Core.Engine;
using LiveDash.Core.Model;

namespace LiveDash.Core.Live;

/// <summary>The located points of some series: first stored ones, then each as it arrives. At most <see cref="MaxSeries"/> series are followed.</summary>
/// <param name="engine">Gives the points.</param>
/// <param name="catalog">Gives the series.</param>
/// <param name="patterns">Which series.</param>
/// <param name="history">How many stored points of each series to begin with.</param>
public sealed class GridPanelFeed(LiveEngine engine, SeriesCatalog catalog, IReadOnlyList<SeriesPattern> patterns, int history) : LivePanel
{
    /// <summary>How many series one grid follows.</summary>
    public const int MaxSeries = 16;

    private readonly SeriesMatcher _matcher = new(catalog, [patterns], MaxSeries);
    private readonly List<LocatedLease> _leases = [];
    private readonly List<LocatedPoint> _old = [];
    private readonly List<LocatedPoint> _fresh = [];

    /// <inheritdoc/>
    public override void Invalidate()
    {
        base.Invalidate();
        // The browser forgets all, so what was stored comes again.
        Release();
        Lease();
    }

    /// <inheritdoc/>
    protected override bool Write(FrameWriter writer, long nowTicks)
    {
        if (_matcher.Update()) Lease();
        _old.Clear();
        _fresh.Clear();
        var lost = 0L;
        foreach (var lease in _leases)
        {
            lease.CopyNew(_old, _fresh);
            lost += lease.Lost;
        }

        if (_old.Count == 0 && _fresh.Count == 0 && !MustReset) return false;
        writer.BeginPanel(Id, FrameKind.Located, MustReset);
        writer.Write((double)lost);
        writer.Write(_old.Count, _fresh.Count);
        foreach (var point in _old) writer.Write(point.X);
        foreach (var point in _old) writer.Write(point.Y);
        foreach (var point in _fresh) writer.Write(point.X);
        foreach (var point in _fresh) writer.Write(point.Y);
        writer.EndPanel();
        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => Release();

    private void Lease()
    {
        for (var i = _leases.Count; i < _matcher.Found.Count; i++)
        {
            _leases.Add(engine.LeaseLocated(_matcher.Found[i].Series, history, Signal));
        }
    }

    private void Release()
    {
        foreach (var lease in _leases) lease.Dispose();
        _leases.Clear();
    }
}
