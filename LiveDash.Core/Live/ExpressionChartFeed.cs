using System.Runtime.InteropServices;
using LiveDash.Core.Engine;

namespace LiveDash.Core.Live;

/// <summary>A chart of an expression, a line a label set: live over a span, or of a stored range.</summary>
/// <param name="sources">What is drawn from.</param>
/// <param name="query">What is shown.</param>
/// <param name="columns">How many columns there are at most; 1 to 10,000.</param>
/// <param name="fault">Told why there is no answer, and null when there is one again; on any thread.</param>
public sealed class ExpressionChartFeed(ExpressionSources sources, ExpressionQuery query, int columns, Action<string?> fault) : LivePanel
{
    private readonly ExpressionLines _lines = new(sources, query, columns, fault);
    private readonly List<ChartColumn> _changed = [];
    private long[] _sent = [];
    private int _layout = -1;

    /// <inheritdoc/>
    public override void Invalidate()
    {
        base.Invalidate();
        _layout = -1;
    }

    /// <inheritdoc/>
    protected override bool Write(FrameWriter writer, long nowTicks)
    {
        _lines.Start(Signal);
        var picture = _lines.Picture;
        if (picture.Layout != _layout)
        {
            base.Invalidate();
            (_layout, _sent) = (picture.Layout, new long[picture.Lines.Count]);
        }

        var lines = picture.Lines;
        var changed = lines.Where((line, i) => line.Columns.Version != _sent[i]).Count();
        if (!picture.IsLoaded || (changed == 0 && !MustReset)) return false;
        writer.BeginPanel(Id, FrameKind.Chart, MustReset);
        writer.Write(query.Range is { } from ? FrameWriter.ToMilliseconds(from.From) : -query.Span.TotalMilliseconds);
        writer.Write(query.Range is { } to ? FrameWriter.ToMilliseconds(to.To) : 0);
        writer.Write(_lines.Width / (double)TimeSpan.TicksPerMillisecond);
        writer.Write(lines.Count, changed);
        for (var i = 0; i < lines.Count && changed > 0; i++)
        {
            if (lines[i].Columns.Version == _sent[i]) continue;
            _changed.Clear();
            _sent[i] = lines[i].Columns.CopySince(_sent[i], _changed);
            writer.Write(i, CollectionsMarshal.AsSpan(_changed));
            changed--;
        }

        WriteNames(writer, picture);
        writer.EndPanel();
        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _lines.Dispose();

    private void WriteNames(FrameWriter writer, ExpressionPicture picture)
    {
        if (!MustReset)
        {
            writer.Write(0, 0);
            writer.Write([]);
            return;
        }

        var text = query.Expr.ToString();
        var labels = picture.Lines.Select(static line => line.Labels).ToList();
        var names = ExpressionNames.Of(labels, query.Legend, text);
        writer.Write(labels.Count, picture.More);
        foreach (var line in picture.Lines) writer.Write((double)line.Color);
        writer.Write([names.Head, names.Key, .. names.Labels, .. labels.Select(one => ExpressionNames.Text(one, text))]);
    }
}
