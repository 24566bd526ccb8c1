using LiveDash.Core.Engine;
using LiveDash.Core.Query.Data;

namespace LiveDash.Core.Live;

/// <summary>The values of one label set over time. Written under its owner's lock, read without one.</summary>
/// <param name="labels">The label set.</param>
/// <param name="columns">Its values.</param>
/// <param name="color">Its colour, 0 to 7.</param>
internal sealed class ExpressionLine(LabelSet labels, ChartColumns columns, int color)
{
    /// <summary>The label set.</summary>
    public LabelSet Labels => labels;

    /// <summary>Its values.</summary>
    public ChartColumns Columns => columns;

    /// <summary>Its colour.</summary>
    public int Color => color;

    /// <summary>The time of its newest value in UTC ticks.</summary>
    public long Newest { get; private set; } = long.MinValue;

    /// <summary>Takes a value; what is not a finite number is a hole.</summary>
    public void Add(long time, double value)
    {
        if (!double.IsFinite(value)) return;
        Newest = Math.Max(Newest, time);
        columns.Add(time, value);
    }
}
