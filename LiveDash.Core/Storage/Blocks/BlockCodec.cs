using System.Runtime.CompilerServices;
using LiveDash.Core.Model;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>
/// A sealed block's body: a directory, then groups of 512 points that can be decoded one by one, so that a scan of many series holds little of
/// each. A group has its times (divided by their common step), ids and values packed, and locations and sender hashes where a point has some.
/// The last bytes are padding for whole-word reads, and a checksum.
/// </summary>
internal static class BlockCodec
{
    /// <summary>How many points a block holds at most.</summary>
    public const int MaxPoints = 4096;

    private const byte Format = 1;

    /// <summary>Writes the points from <paramref name="start"/>; the view is sorted.</summary>
    /// <returns>The header; its id is 0 as yet.</returns>
    public static BlockHeader Encode(PointView view, int start, int count, BlobWriter body, BlobWriter scratch)
    {
        body.Clear();
        scratch.Clear();
        body.Byte(Format);
        body.Varint((ulong)count);
        for (var at = start; at < start + count; at += ScanCursor.GroupPoints)
        {
            var before = scratch.Length;
            var points = Math.Min(ScanCursor.GroupPoints, start + count - at);
            EncodeGroup(view, at, points, scratch);
            body.Varint((ulong)(scratch.Length - before));
            body.Zigzag(view.Times[at]);
            body.Varint((ulong)(view.Times[at + points - 1] - view.Times[at]));
        }

        body.Raw(scratch.Written);
        body.Take(PackedLongs.Padding).Clear();
        body.Seal();
        return Header(view, start, count, body.Length);
    }

    /// <summary>Reads the directory and gives where the groups begin in the body.</summary>
    /// <exception cref="InvalidDataException">The body is damaged.</exception>
    public static BlockGroup[] ReadDirectory(ReadOnlySpan<byte> body)
    {
        var reader = BlobReader.Checked(body);
        if (reader.Byte() != Format) throw new InvalidDataException("The block has an unknown format.");
        var left = reader.Count(MaxPoints);
        var groups = new BlockGroup[(left + ScanCursor.GroupPoints - 1) / ScanCursor.GroupPoints];
        var offset = 0;
        for (var i = 0; i < groups.Length; i++)
        {
            var length = reader.Count(body.Length);
            var first = reader.Zigzag();
            var points = Math.Min(left, ScanCursor.GroupPoints);
            groups[i] = new BlockGroup(offset, length, points, first, first + (long)reader.Varint());
            offset += length;
            left -= points;
        }

        var start = body.Length - 4 - PackedLongs.Padding - offset;
        if (start < 0) throw new InvalidDataException("The block's groups are too long.");
        for (var i = 0; i < groups.Length; i++) groups[i] = groups[i] with { Offset = groups[i].Offset + start };
        return groups;
    }

    /// <summary>Begins to read a group: its flags. What follows must be read in order by the methods below.</summary>
    public static GroupFlags ReadFlags(ref BlobReader reader) => (GroupFlags)reader.Byte();

    /// <summary>Reads a group's times.</summary>
    public static void ReadTimes(ref BlobReader reader, scoped Span<long> times)
    {
        var first = reader.Zigzag();
        var step = (long)reader.Varint();
        PackedLongs.Decode(ref reader, times);
        if (step == 1)
        {
            foreach (ref var time in times) time += first;
        }
        else
        {
            foreach (ref var time in times) time = (time * step) + first;
        }
    }

    /// <summary>A reader that stands at a group of a checked body.</summary>
    public static BlobReader At(ReadOnlySpan<byte> body, BlockGroup group) => new(body[group.Offset..]);

    private static void EncodeGroup(PointView view, int start, int count, BlobWriter writer)
    {
        var x = view.X is null ? default : view.X.AsSpan(start, count);
        var senders = view.Senders is null ? default : view.Senders.AsSpan(start, count);
        var located = false;
        foreach (var one in x) located |= !double.IsNaN(one);
        var sent = senders.ContainsAnyExcept(0UL);
        var summed = view.Summaries is not null && view.Summaries.Count.AsSpan(start, count).ContainsAnyExcept(1.0);
        writer.Byte((byte)((located ? GroupFlags.Locations : 0) | (sent ? GroupFlags.Senders : 0) | (summed ? GroupFlags.Summaries : 0)));
        EncodeTimes(view.Times.AsSpan(start, count), writer);
        PackedLongs.Encode(view.Ids.AsSpan(start, count), writer);
        PackedDoubles.Encode(view.Values.AsSpan(start, count), writer);
        if (located)
        {
            PackedDoubles.Encode(x, writer);
            PackedDoubles.Encode(view.Y.AsSpan(start, count), writer);
        }

        if (sent) writer.Raw<ulong>(senders);
        if (summed) view.Summaries!.Encode(start, count, writer);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EncodeTimes(ReadOnlySpan<long> times, BlobWriter writer)
    {
        // What is sent in milliseconds or seconds comes in whole steps of 10^4 or 10^7 ticks.
        // The divisor of all differences from one to the next is that of all from the first on, and mostly they are the same one again.
        ulong step = 0, last = 0;
        for (var i = 1; i < times.Length && step != 1; i++)
        {
            var difference = (ulong)(times[i] - times[i - 1]);
            if (difference == last) continue;
            last = difference;
            step = CommonDivisor(difference, step);
        }

        if (step == 0) step = 1;
        Span<long> scaled = stackalloc long[times.Length];
        scaled[0] = 0;
        ulong steps = 0;
        last = 0;
        for (var i = 1; i < times.Length; i++)
        {
            var difference = (ulong)(times[i] - times[i - 1]);
            if (difference != last) (last, steps) = (difference, difference / step);
            scaled[i] = scaled[i - 1] + (long)steps;
        }

        writer.Zigzag(times[0]);
        writer.Varint(step);
        PackedLongs.Encode(scaled, writer);
    }

    private static ulong CommonDivisor(ulong a, ulong b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }

    private static BlockHeader Header(PointView view, int start, int count, int bytes)
    {
        long maxId = 0;
        foreach (var id in view.Ids.AsSpan(start, count)) maxId = Math.Max(maxId, id);
        var sent = view.Senders is not null && view.Senders.AsSpan(start, count).ContainsAnyExcept(0UL);
        return new BlockHeader(0, count, bytes, view.Times[start], view.Times[start + count - 1], maxId, sent, Box(view, start, count));
    }

    private static BoundingBox? Box(PointView view, int start, int count)
    {
        if (view.X is null) return null;
        double minX = double.PositiveInfinity, minY = minX, maxX = double.NegativeInfinity, maxY = maxX;
        for (var i = start; i < start + count; i++)
        {
            if (double.IsNaN(view.X[i])) continue;
            minX = Math.Min(minX, view.X[i]);
            maxX = Math.Max(maxX, view.X[i]);
            minY = Math.Min(minY, view.Y![i]);
            maxY = Math.Max(maxY, view.Y[i]);
        }

        return double.IsInfinity(minX) ? null : new BoundingBox(minX, minY, maxX, maxY);
    }
}
