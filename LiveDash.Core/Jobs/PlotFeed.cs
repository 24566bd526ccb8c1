using LiveDash.Core.Plots;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Jobs;

/// <summary>Gives stored points to a reducer: rows that stand for several points with what they say of them, where it shows that. Stateless.</summary>
internal static class PlotFeed
{
    /// <summary>Has the picture say which of its points are summaries, where some are; before it is drawn.</summary>
    public static void Tell(PlotReducer reducer, StoredSummaries? summaries)
    {
        if (summaries is { } found) reducer.Remark = reducer.WantsSummaries ? $"{found}" : $"{found}: the last of each";
    }

    /// <summary>Gives one block.</summary>
    public static void Give(PlotReducer reducer, PointBlock block)
    {
        if (block.Counts.IsEmpty || !reducer.WantsSummaries) reducer.Add(block.Series.Span, block.Times.Span, block.Values.Span, block.X.Span, block.Y.Span);
        else reducer.AddSummaries(block.Series.Span, block.Times.Span, Rows(block));
    }

    private static SummaryRow[] Rows(PointBlock block)
    {
        var rows = new SummaryRow[block.Count];
        for (var i = 0; i < rows.Length; i++) rows[i] = new SummaryRow((long)block.Counts.Span[i], block.Least.Span[i], block.Greatest.Span[i], block.Sums.Span[i], block.Values.Span[i]);
        return rows;
    }
}
