using LiveDash.Core.Engine;
using LiveDash.Core.Model;

namespace LiveDash.Core.Alerts.Preview;

/// <summary>
/// Draws the figure that a preview judges, point by point, into pixel columns: the first <see cref="MaxLines"/> series that send one. Used by one preview
/// alone.
/// </summary>
internal sealed class PreviewTrace(SeriesCatalog catalog, PreviewLog log, string ruleId, TimeRange range, int columns)
{
    /// <summary>How many series are drawn.</summary>
    public const int MaxLines = 12;

    private readonly long _width = Math.Max(1, (range.To - range.From) / columns);
    private readonly Dictionary<int, (LiveFigures Figures, ChartColumns Columns)?> _lines = [];
    private int _drawn;

    /// <summary>The series has just been judged.</summary>
    public void Take(int series, long ticks)
    {
        if (!_lines.TryGetValue(series, out var line)) _lines[series] = line = Begin(series);
        if (line is { } drawn && double.IsFinite(drawn.Figures.Value)) drawn.Columns.Add(ticks, drawn.Figures.Value);
    }

    /// <summary>What was drawn, by the series' names.</summary>
    public IReadOnlyList<PreviewLine> End()
    {
        var lines = new List<PreviewLine>();
        foreach (var (series, line) in _lines)
        {
            if (line is not { } drawn) continue;
            var found = new List<ChartColumn>();
            drawn.Columns.CopySince(0, found);
            lines.Add(new PreviewLine(catalog[series].ToString(), found));
        }

        return [.. lines.OrderBy(static line => line.Series, StringComparer.Ordinal)];
    }

    // A series that only takes part in another's condition has no figure of its own.
    private (LiveFigures, ChartColumns)? Begin(int series)
    {
        if (_drawn == MaxLines || log.FiguresOf(AlertNames.Alert(ruleId, catalog[series].ToString())) is not { } figures) return null;
        _drawn++;
        return (figures, new ChartColumns(_width, columns + 1));
    }
}
