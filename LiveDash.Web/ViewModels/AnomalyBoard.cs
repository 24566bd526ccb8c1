using System.Globalization;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;

namespace LiveDash.Web.ViewModels;

/// <summary>
/// Holds the detectors of all series while a page shows them. Bounded by the series there are; what it costs is <see cref="Cost"/>. Not thread-safe: one page's.
/// </summary>
public sealed class AnomalyBoard(LiveEngine engine, SeriesCatalog catalog) : IDisposable
{
    // State of a detector with its tables, and one column of its trace.
    private const int DetectorBytes = 4_096;
    private const int ColumnBytes = 56;
    private static readonly long s_bar = 5 * TimeSpan.TicksPerMinute;

    private readonly List<DetectorLease> _leases = [];
    private readonly ChangeSignal _signal = new();
    private TimeRange _range;
    private long _width;
    private int _kept;
    private int _columns;
    private (int, int, int, int) _told;

    /// <summary>True while it holds them.</summary>
    public bool IsOn { get; private set; }

    /// <summary>How many series there are.</summary>
    public int Total => catalog.Count;

    /// <summary>How many are strange now.</summary>
    public int Strange { get; private set; }

    /// <summary>How many still learn.</summary>
    public int Learning { get; private set; }

    /// <summary>Of how many the past has been read.</summary>
    public int Ready { get; private set; }

    /// <summary>True where a figure has changed since the last look.</summary>
    public bool Changed { get; private set; }

    /// <summary>What so many series cost, such as 12 MB.</summary>
    public static string Cost(int series, int columns) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, series * (long)(DetectorBytes + (columns * ColumnBytes)) / 1_000_000):N0} MB");

    /// <summary>Holds the detectors of every series there is, over a range.</summary>
    public void Follow(TimeRange range, int columns, bool isOn)
    {
        var width = Math.Max(s_bar, (range.To - range.From) / columns);
        // The range of what is live moves on; only another length is another range.
        var kept = (int)Math.Clamp(((engine.NowTicks - range.From) / width) + 2, 1, 10_000);
        if (!isOn || width != _width || kept > _kept || kept < _kept / 2) Drop();
        (_range, _columns, IsOn) = (range, columns, isOn);
        if (!isOn) return;
        if (_leases.Count == 0) (_width, _kept) = (width, Math.Min(10_000, kept + 2));
        for (var series = _leases.Count; series < catalog.Count; series++) _leases.Add(engine.LeaseDetector(series, TimeSpan.FromTicks(_width), _kept, _signal));
    }

    /// <summary>The strangest series first.</summary>
    public IReadOnlyList<AnomalyRow> Rows(string filter, bool byPeak, int most)
    {
        var rows = new List<AnomalyRow>();
        (Strange, Learning, Ready) = (0, 0, 0);
        foreach (var lease in _leases)
        {
            var reading = lease.Reading;
            if (lease.IsReady) Ready++;
            if (reading.IsLearning) Learning++;
            else if (reading.Score >= 1) Strange++;
            var name = catalog[lease.Series].ToString();
            if (filter.Length > 0 && !name.Contains(filter, StringComparison.OrdinalIgnoreCase)) continue;
            rows.Add(AnomalyRow.Of(lease.Series, name, reading, lease.Since(_range.From), _range, _columns));
        }

        Changed = _told != (Strange, Learning, Ready, Total);
        _told = (Strange, Learning, Ready, Total);
        return [.. rows.OrderByDescending(row => byPeak ? row.Peak : row.Reading.Score).ThenByDescending(static row => row.Peak).ThenBy(static row => row.Name, StringComparer.Ordinal).Take(most)];
    }

    /// <inheritdoc/>
    public void Dispose() => Drop();

    private void Drop()
    {
        foreach (var lease in _leases) lease.Dispose();
        _leases.Clear();
    }
}
