using System.Buffers;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>The wanted points of a sealed block, decoded a group at a time.</summary>
internal sealed class BlockCursor : ScanCursor
{
    private readonly ScanFilter _filter;
    private readonly byte[] _body;
    private readonly int _length;
    private readonly BlockGroup[] _groups;
    private int _next;

    /// <summary>Takes over a rented body.</summary>
    /// <exception cref="InvalidDataException">The body is damaged; it stays the caller's.</exception>
    public BlockCursor(int series, ScanFilter filter, byte[] body, int length)
        : this(series, filter, body, length, BlockCodec.ReadDirectory(body.AsSpan(0, length)))
    {
    }

    private BlockCursor(int series, ScanFilter filter, byte[] body, int length, BlockGroup[] groups)
        : base(series, filter)
    {
        (_filter, _body, _length, _groups) = (filter, body, length, groups);
        _next = filter.Descending ? groups.Length - 1 : 0;
    }

    /// <inheritdoc/>
    protected override int Fill()
    {
        while (_next >= 0 && _next < _groups.Length)
        {
            var group = _groups[_next];
            _next += _filter.Descending ? -1 : 1;
            if (group.MaxTime < _filter.From || group.MinTime >= _filter.To) continue;
            Decode(group);
            return group.Points;
        }

        return 0;
    }

    /// <inheritdoc/>
    protected override void Release() => ArrayPool<byte>.Shared.Return(_body);

    private void Decode(BlockGroup group)
    {
        var reader = BlockCodec.At(_body.AsSpan(0, _length), group);
        var flags = BlockCodec.ReadFlags(ref reader);
        BlockCodec.ReadTimes(ref reader, Times.AsSpan(0, group.Points));
        PackedLongs.Decode(ref reader, Ids.AsSpan(0, group.Points));
        PackedDoubles.Decode(ref reader, Values.AsSpan(0, group.Points));
        if ((flags & GroupFlags.Locations) != 0)
        {
            UseLocations();
            PackedDoubles.Decode(ref reader, X.AsSpan(0, group.Points));
            PackedDoubles.Decode(ref reader, Y.AsSpan(0, group.Points));
        }

        if (_filter.WithSummaries && (flags & GroupFlags.Summaries) != 0) UseSummaries().Decode(ref reader, 0, group.Points);
        if (!_filter.WithSenders || (flags & GroupFlags.Senders) == 0) return;
        UseSenders();
        reader.Raw(Senders.AsSpan(0, group.Points));
    }
}
