using System.Runtime.InteropServices;
using LiveDash.Core.Engine;

namespace LiveDash.Core.Live;

/// <summary>The rows of a table of series that are on screen: newest value, its time and a sparkline. At most <see cref="MaxRows"/> rows.</summary>
/// <param name="engine">Gives the values.</param>
/// <param name="span">How far back the sparklines go.</param>
/// <param name="columns">How many columns a sparkline has.</param>
/// <param name="format">Writes a series' value for people.</param>
public sealed class RowsFeed(LiveEngine engine, TimeSpan span, int columns, Func<int, double, string> format) : LivePanel
{
    /// <summary>How many rows are sent at most; more than a screen shows.</summary>
    public const int MaxRows = 256;

    private readonly Dictionary<int, Row> _rows = [];
    private readonly List<Row> _changed = [];
    private readonly List<string> _texts = [];
    private readonly List<ChartColumn> _spark = [];
    private IDisposable? _listening;

    /// <summary>Says which series are on screen; called under the scope's lock.</summary>
    internal void Show(IReadOnlyCollection<int> series)
    {
        _listening ??= Signal is null ? null : engine.ListenToPoints(Signal);
        var wanted = series.Take(MaxRows).ToHashSet();
        foreach (var gone in _rows.Keys.Where(s => !wanted.Contains(s)).ToArray())
        {
            _rows[gone].Spark.Dispose();
            _rows.Remove(gone);
        }

        foreach (var one in wanted)
        {
            if (!_rows.ContainsKey(one)) _rows[one] = new Row(one, engine.LeaseChart(one, span, columns, Signal));
        }

        Signal?.Raise();
    }

    /// <inheritdoc/>
    public override void Invalidate()
    {
        base.Invalidate();
        foreach (var row in _rows.Values)
        {
            row.SentSpark = 0;
            row.WasSent = false;
        }
    }

    /// <inheritdoc/>
    protected override bool Write(FrameWriter writer, long nowTicks)
    {
        _changed.Clear();
        var sparks = 0;
        foreach (var row in _rows.Values)
        {
            if (!row.Update(engine)) continue;
            _changed.Add(row);
            if (row.SparkChanged) sparks++;
        }

        if (_changed.Count == 0 && !MustReset) return false;
        writer.BeginPanel(Id, FrameKind.Rows, MustReset);
        writer.Write(_changed.Count, sparks);
        _texts.Clear();
        foreach (var row in _changed)
        {
            writer.Write((double)row.Series);
            writer.Write(row.Reading.Value);
            writer.Write(row.Reading.Time == 0 ? double.NaN : FrameWriter.ToMilliseconds(row.Reading.Time));
            _texts.Add(row.Reading.Time == 0 ? "" : format(row.Series, row.Reading.Value));
        }

        foreach (var row in _changed)
        {
            if (!row.SparkChanged) continue;
            _spark.Clear();
            row.SentSpark = row.Spark.CopySince(row.SentSpark, _spark);
            writer.Write(row.Series, CollectionsMarshal.AsSpan(_spark));
        }

        writer.Write(CollectionsMarshal.AsSpan(_texts));
        writer.EndPanel();
        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _listening?.Dispose();
        foreach (var row in _rows.Values) row.Spark.Dispose();
        _rows.Clear();
    }

    private sealed class Row(int series, ChartLease spark)
    {
        public int Series { get; } = series;

        public ChartLease Spark { get; } = spark;

        public SeriesReading Reading { get; private set; }

        public long SentSpark { get; set; }

        public bool WasSent { get; set; }

        public bool SparkChanged { get; private set; }

        // A sparkline that begins anew is drawn over: what is too much of it scrolls out.
        private int _generation;

        public bool Update(LiveEngine engine)
        {
            engine.TryReadLast(Series, out var reading);
            if (Spark.Generation != _generation) (SentSpark, _generation) = (0, Spark.Generation);
            SparkChanged = Spark.Version != SentSpark;
            if (WasSent && !SparkChanged && reading == Reading) return false;
            Reading = reading;
            WasSent = true;
            return true;
        }
    }
}
