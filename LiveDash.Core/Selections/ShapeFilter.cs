using System.Runtime.CompilerServices;
using LiveDash.Core.Geometry;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Selections;

/// <summary>Keeps of a scan the points within a shape; edges and corners count as inside.</summary>
public static class ShapeFilter
{
    /// <summary>Streams what lies within, in the scan's order; memory is one block's.</summary>
    /// <param name="blocks">The scan.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="plane">What its corners are.</param>
    /// <param name="limit">At most so many points, or null for all.</param>
    /// <param name="cancellationToken">Ends the scan.</param>
    public static async IAsyncEnumerable<PointBlock> WithinAsync(
        IAsyncEnumerable<PointBlock> blocks, Shape shape, ShapePlane plane, long? limit, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var left = limit ?? long.MaxValue;
        var inside = new bool[4096];
        var times = plane == ShapePlane.TimeValue ? new double[4096] : [];
        await foreach (var block in blocks.WithCancellation(cancellationToken))
        {
            // A block without locations has nothing within any shape on the map.
            if (block.X.IsEmpty && plane == ShapePlane.Location) continue;
            if (inside.Length < block.Count) inside = new bool[block.Count];
            var answers = inside.AsMemory(0, block.Count);
            if (plane == ShapePlane.Location) shape.Contains(block.X.Span, block.Y.Span, answers.Span);
            else shape.Contains(Milliseconds(block.Times.Span, ref times), block.Values.Span, answers.Span);
            var kept = (int)Math.Min(left, answers.Span.Count(true));
            if (kept == 0) continue;
            left -= kept;
            yield return kept == block.Count ? block : Pack(block, answers.Span, kept);
            if (left == 0) yield break;
        }
    }

    /// <summary>What the shape's box lets the store leave out; null when nothing can lie within.</summary>
    /// <param name="query">What is asked for besides the shape.</param>
    /// <param name="shape">The box around the shape.</param>
    /// <param name="plane">What its corners are; flat edges.</param>
    public static PointQuery? Narrow(PointQuery query, BoundingBox shape, ShapePlane plane)
    {
        if (plane == ShapePlane.Location)
        {
            var box = query.Box is { } asked ? Intersect(asked, shape) : shape;
            return box is null ? null : query with { Box = box, LocatedOnly = true };
        }

        // A millisecond more on either side, since a double is not exact below it.
        var range = new TimeRange(Math.Max(query.Range.From, Ticks(shape.MinX - 1)), Math.Min(query.Range.To, Ticks(shape.MaxX + 1)));
        return range.To <= range.From ? null : query with { Range = range };
    }

    private static long Ticks(double milliseconds)
    {
        var ticks = (milliseconds * TimeSpan.TicksPerMillisecond) + DateTime.UnixEpoch.Ticks;
        return ticks <= 0 ? 0 : ticks >= DateTime.MaxValue.Ticks ? long.MaxValue : (long)ticks;
    }

    private static BoundingBox? Intersect(BoundingBox a, BoundingBox b) => a.Intersects(b)
        ? new(Math.Max(a.MinX, b.MinX), Math.Max(a.MinY, b.MinY), Math.Min(a.MaxX, b.MaxX), Math.Min(a.MaxY, b.MaxY))
        : null;

    private static PointBlock Pack(PointBlock block, ReadOnlySpan<bool> inside, int count) => new()
    {
        Ids = Pick(block.Ids.Span, inside, count),
        Series = Pick(block.Series.Span, inside, count),
        Times = Pick(block.Times.Span, inside, count),
        Values = Pick(block.Values.Span, inside, count),
        X = block.X.IsEmpty ? default : Pick(block.X.Span, inside, count),
        Y = block.Y.IsEmpty ? default : Pick(block.Y.Span, inside, count),
    };

    // The same numbers that a reader of columns gets.
    private static ReadOnlySpan<double> Milliseconds(ReadOnlySpan<long> ticks, ref double[] room)
    {
        if (room.Length < ticks.Length) room = new double[ticks.Length];
        for (var i = 0; i < ticks.Length; i++) room[i] = (ticks[i] - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerMillisecond;
        return room.AsSpan(0, ticks.Length);
    }

    private static T[] Pick<T>(ReadOnlySpan<T> from, ReadOnlySpan<bool> inside, int count)
    {
        var picked = new T[count];
        for (int i = 0, n = 0; n < count; i++)
        {
            if (inside[i]) picked[n++] = from[i];
        }

        return picked;
    }
}
