using System.Runtime.InteropServices;
using LiveDash.Core.Engine;

namespace LiveDash.Core.Live;

/// <summary>The newest value of an expression with a sparkline; of several label sets the first.</summary>
/// <param name="sources">What is drawn from.</param>
/// <param name="query">What is shown.</param>
/// <param name="columns">How many columns the sparkline has.</param>
/// <param name="text">Writes the value for people.</param>
/// <param name="fault">Told why there is no answer, and null when there is one again; on any thread.</param>
public sealed class ExpressionStatFeed(ExpressionSources sources, ExpressionQuery query, int columns, Func<ExpressionReading, StatText> text, Action<string?> fault) : LivePanel
{
    private readonly ExpressionLines _lines = new(sources, query, columns, fault);
    private readonly List<ChartColumn> _all = [];
    private ExpressionPicture? _sent;

    /// <inheritdoc/>
    public override void Invalidate()
    {
        base.Invalidate();
        _sent = null;
    }

    /// <inheritdoc/>
    protected override bool Write(FrameWriter writer, long nowTicks)
    {
        _lines.Start(Signal);
        var picture = _lines.Picture;
        if (!picture.IsLoaded || (picture == _sent && !MustReset)) return false;
        if (picture.Now?.Line != _sent?.Now?.Line) base.Invalidate();
        _sent = picture;
        _all.Clear();
        picture.Now?.Line.Columns.CopySince(0, _all);
        var summary = ColumnSummary.Of(_all, query.Range?.From ?? nowTicks - query.Span.Ticks);
        var (value, time) = picture.Now is { } now ? (now.Value, FrameWriter.ToMilliseconds(now.Time)) : (double.NaN, double.NaN);
        writer.BeginPanel(Id, FrameKind.Stat, MustReset);
        writer.Write(value);
        writer.Write(time);
        writer.Write(0, CollectionsMarshal.AsSpan(_all));
        var name = picture.Now is { } of ? ExpressionNames.Of([of.Line.Labels], query.Legend, "").Labels[0] : "";
        var said = picture.Now is null ? new StatText("–", "", "no value", "") : text(new(name, value, summary.Min, summary.Max, summary.Count, picture.Found - 1));
        writer.Write([said.Number, said.Unit, said.Detail, said.Over]);
        writer.EndPanel();
        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _lines.Dispose();
}
