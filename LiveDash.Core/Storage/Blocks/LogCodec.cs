namespace LiveDash.Core.Storage.Blocks;

/// <summary>
/// One commit's points as one log row: columns in the order of arrival, series and times as varint differences, the rest as it is.
/// Compressed no further, because a row lives only until its points are sealed.
/// </summary>
internal static class LogCodec
{
    private const byte Format = 1;
    private const byte HasLocations = 1;
    private const byte HasSenders = 2;

    /// <summary>Writes a group.</summary>
    public static void Encode(PointGroup group, BlobWriter writer)
    {
        writer.Clear();
        writer.Byte(Format);
        writer.Byte((byte)((group.X is null ? 0 : HasLocations) | (group.Senders is null ? 0 : HasSenders)));
        writer.Varint((ulong)group.Count);
        writer.Deltas(group.Series.AsSpan(0, group.Count));
        writer.Deltas(group.Times.AsSpan(0, group.Count));
        writer.Raw<double>(group.Values.AsSpan(0, group.Count));
        if (group.X is not null)
        {
            writer.Raw<double>(group.X.AsSpan(0, group.Count));
            writer.Raw<double>(group.Y.AsSpan(0, group.Count));
        }

        if (group.Senders is not null) writer.Raw<ulong>(group.Senders.AsSpan(0, group.Count));
        writer.Seal();
    }

    /// <summary>Reads a row into a cleared group.</summary>
    /// <exception cref="InvalidDataException">The row is damaged.</exception>
    public static void Decode(ReadOnlySpan<byte> body, PointGroup group)
    {
        group.Clear();
        var reader = BlobReader.Checked(body);
        if (reader.Byte() != Format) throw new InvalidDataException("The log row has an unknown format.");
        var flags = reader.Byte();
        var count = reader.Count(body.Length);
        var series = new int[count];
        var times = new long[count];
        long last = 0;
        for (var i = 0; i < count; i++) series[i] = (int)(last += reader.Zigzag());
        last = 0;
        for (var i = 0; i < count; i++) times[i] = last += reader.Zigzag();
        var values = new double[count];
        reader.Raw<double>(values);
        var located = (flags & HasLocations) != 0;
        var x = located ? new double[count] : null;
        var y = located ? new double[count] : null;
        reader.Raw(x.AsSpan());
        reader.Raw(y.AsSpan());
        var senders = (flags & HasSenders) != 0 ? new ulong[count] : null;
        reader.Raw(senders.AsSpan());
        for (var i = 0; i < count; i++)
        {
            group.Add(series[i], times[i], values[i], x is null ? double.NaN : x[i], y is null ? double.NaN : y[i], senders is null ? 0 : senders[i]);
        }
    }
}
