using System.Runtime.CompilerServices;
using LiveDash.Core.Storage;

namespace LiveDash.Web.Api.Collections;

/// <summary>Keeps of blocks what a query wants, for points that no store has chosen: range, rectangle, location, limit.</summary>
internal static class QueryFilter
{
    /// <summary>Streams what is wanted, in the order in which it comes.</summary>
    public static async IAsyncEnumerable<PointBlock> Keep(IAsyncEnumerable<PointBlock> blocks, PointQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var left = query.Limit ?? long.MaxValue;
        await foreach (var block in blocks.WithCancellation(cancellationToken))
        {
            var rows = Rows(block, query, left);
            if (rows is null)
            {
                left -= block.Count;
                yield return block;
            }
            else if (rows.Length > 0)
            {
                left -= rows.Length;
                yield return Pick(block, rows);
            }

            if (left <= 0) yield break;
        }
    }

    // Null where all are wanted.
    private static int[]? Rows(in PointBlock block, PointQuery query, long left)
    {
        var located = query.LocatedOnly || query.Box is not null;
        if (located && block.X.IsEmpty) return [];
        var times = block.Times.Span;
        var xs = block.X.Span;
        var ys = block.Y.Span;
        var rows = new List<int>();
        for (var i = 0; i < block.Count && rows.Count < left; i++)
        {
            if (!query.Range.Contains(times[i])) continue;
            if (located && double.IsNaN(xs[i])) continue;
            if (query.Box is { } box && !box.Contains(xs[i], ys[i])) continue;
            rows.Add(i);
        }

        return rows.Count == block.Count ? null : [.. rows];
    }

    private static PointBlock Pick(in PointBlock block, int[] rows) => new()
    {
        Ids = Pick(block.Ids.Span, rows), Series = Pick(block.Series.Span, rows), Times = Pick(block.Times.Span, rows), Values = Pick(block.Values.Span, rows),
        X = block.X.IsEmpty ? default : Pick(block.X.Span, rows), Y = block.Y.IsEmpty ? default : Pick(block.Y.Span, rows),
    };

    private static T[] Pick<T>(ReadOnlySpan<T> from, int[] rows)
    {
        var picked = new T[rows.Length];
        for (var i = 0; i < rows.Length; i++) picked[i] = from[rows[i]];
        return picked;
    }
}
