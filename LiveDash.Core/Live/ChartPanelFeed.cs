using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;

namespace LiveDash.Core.Live;

/// <summary>
/// A chart's lines: live over a span, or of a stored range. At most <see cref="MaxLines"/> are drawn. Where its queries show different things, a JSON text a line stands behind the
/// names, <c>{"width":60000,"aggregate":"max"}</c>: how long its columns are in milliseconds, and what is shown of them.
/// </summary>
/// <param name="engine">Gives the columns.</param>
/// <param name="catalog">Gives the series and their names.</param>
/// <param name="queries">Which series, and in how many columns; at least one.</param>
/// <param name="span">How far back the live chart goes.</param>
/// <param name="range">The stored range to show instead, or null.</param>
public class ChartPanelFeed(LiveEngine engine, SeriesCatalog catalog, IReadOnlyList<ChartQuery> queries, TimeSpan span, TimeRange? range) : LivePanel
{
    /// <summary>How many lines a chart has at most.</summary>
    public const int MaxLines = 12;

    private readonly SeriesMatcher _matcher = new(catalog, [.. queries.Select(static query => query.Patterns)], MaxLines);
    private readonly int _columns = queries.Max(static query => query.Columns);
    private readonly List<(ChartLease Lease, long Version, int Generation)> _lines = [];
    private readonly List<ChartColumn> _changed = [];
    private readonly CancellationTokenSource _end = new();
    private IReadOnlyList<ChartColumn>[]? _past;

    /// <summary>How many lines there are beyond <see cref="MaxLines"/>.</summary>
    public int More => _matcher.More;

    /// <summary>What its sections are.</summary>
    protected virtual FrameKind Frame => FrameKind.Chart;

    /// <summary>The series shown, in the order of their lines.</summary>
    protected IEnumerable<int> Found => _matcher.Found.Select(static line => line.Series);

    /// <summary>Ends what is read for it.</summary>
    protected CancellationToken Ended => _end.Token;

    /// <inheritdoc/>
    public override void Invalidate()
    {
        base.Invalidate();
        for (var i = 0; i < _lines.Count; i++) _lines[i] = (_lines[i].Lease, 0, _lines[i].Lease.Generation);
    }

    /// <inheritdoc/>
    protected override bool Write(FrameWriter writer, long nowTicks)
    {
        if (_matcher.Update())
        {
            base.Invalidate();
            if (range is { } past) _ = LoadAsync(past);
            else LeaseNew();
            OnFound();
        }

        return range is { } fixedRange ? WritePast(writer, fixedRange) : WriteLive(writer);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _end.Cancel();
        foreach (var line in _lines) line.Lease.Dispose();
        _lines.Clear();
    }

    private void LeaseNew()
    {
        for (var i = _lines.Count; i < _matcher.Found.Count; i++)
        {
            var (series, query) = _matcher.Found[i];
            _lines.Add((engine.LeaseChart(series, span, queries[query].Columns, Signal), 0, 0));
        }

        for (var i = 0; i < _lines.Count; i++) _lines[i] = (_lines[i].Lease, 0, _lines[i].Lease.Generation);
    }

    private bool WriteLive(FrameWriter writer)
    {
        var changed = 0;
        if (_lines.Exists(static line => line.Lease.Generation != line.Generation)) Invalidate();
        foreach (var (lease, version, _) in _lines)
        {
            if (lease.Version != version) changed++;
        }

        if (changed == 0 && !MustReset) return false;
        writer.BeginPanel(Id, Frame, MustReset);
        writer.Write(-span.TotalMilliseconds);
        writer.Write(0.0);
        writer.Write(span.TotalMilliseconds / _columns);
        writer.Write(_lines.Count, changed);
        for (var i = 0; i < _lines.Count && changed > 0; i++)
        {
            var (lease, version, generation) = _lines[i];
            if (lease.Version == version) continue;
            _changed.Clear();
            _lines[i] = (lease, lease.CopySince(version, _changed), generation);
            writer.Write(i, CollectionsMarshal.AsSpan(_changed));
            changed--;
        }

        // A line that changed since it was counted waits for the next frame; the count stands already.
        for (; changed > 0; changed--) writer.Write(0, ReadOnlySpan<ChartColumn>.Empty);
        WriteNames(writer, MustReset);
        writer.EndPanel();
        return true;
    }

    private bool WritePast(FrameWriter writer, TimeRange past)
    {
        if (!MustReset || (_past is null && _matcher.Found.Count > 0)) return false;
        var lines = _past ?? [];
        writer.BeginPanel(Id, Frame, reset: true);
        writer.Write(FrameWriter.ToMilliseconds(past.From));
        writer.Write(FrameWriter.ToMilliseconds(past.To));
        writer.Write((past.To - past.From) / (double)TimeSpan.TicksPerMillisecond / _columns);
        writer.Write(lines.Length, lines.Length);
        for (var i = 0; i < lines.Length; i++) writer.Write(i, lines[i].ToArray());
        WriteNames(writer, all: true);
        writer.EndPanel();
        return true;
    }

    private async Task LoadAsync(TimeRange past)
    {
        var found = _matcher.Found.ToArray();
        var lines = new IReadOnlyList<ChartColumn>[found.Length];
        try
        {
            for (var i = 0; i < found.Length; i++)
            {
                lines[i] = await engine.ReadRangeAsync(found[i].Series, past, queries[found[i].Query].Columns, _end.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }

        Volatile.Write(ref _past, lines);
        Signal?.Raise();
    }

    /// <summary>Texts that stand behind the names.</summary>
    protected virtual IEnumerable<string> MoreTexts()
    {
        if (queries is [{ Aggregate: null }]) return [];
        var length = range is { } past ? (past.To - past.From) / (double)TimeSpan.TicksPerMillisecond : span.TotalMilliseconds;
        return _matcher.Found.Select(line => queries[line.Query]).Select(query =>
            string.Create(CultureInfo.InvariantCulture, $"{{\"width\":{length / query.Columns:R},\"aggregate\":{JsonSerializer.Serialize(query.Aggregate)}}}"));
    }

    /// <summary>Other series are shown than before.</summary>
    protected virtual void OnFound()
    {
    }

    private void WriteNames(FrameWriter writer, bool all)
    {
        if (!all)
        {
            writer.Write(0, 0);
            writer.Write([]);
            return;
        }

        var found = _matcher.Found;
        var keys = found.Select(line => catalog[line.Series]).ToList();
        var names = LineNames.Of(keys);
        writer.Write(found.Count, More);
        foreach (var (series, _) in found) writer.Write((double)catalog.Colors[series]);
        writer.Write([names.Head, names.Key, .. ChartReading.Labels(names, queries, found), .. keys.Select(static key => key.ToString()), .. MoreTexts()]);
    }
}
