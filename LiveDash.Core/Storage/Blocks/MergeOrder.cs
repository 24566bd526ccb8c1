using System.Buffers;
using System.Numerics;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>
/// Puts points in order by (time, id): by radix from the least significant byte (Knuth, The Art of Computer Programming 3, 5.2.5), in rounds of as many bits as stand beside a point's place in one word, so that what is moved are words. Mostly one round
/// does: the times of a slice span few bits, and so do its ids. Rented arrays, nothing allocated a point. Used by one scan.
/// </summary>
internal sealed class MergeOrder : IDisposable
{
    // So few are inserted one by one: the counts of a byte cost more.
    private const int Few = 48;

    // Of each byte; made when it is first needed, since most scans are of one series.
    private int[] _counts = [];
    private int _count;
    private int[] _places = [];
    private ulong[] _keys = [];
    private ulong[] _spare = [];

    /// <summary>The places of the points that were sorted last, in their order.</summary>
    public ReadOnlySpan<int> Places => _places.AsSpan(0, _count);

    /// <summary>Sorts points.</summary>
    /// <param name="times">Event times.</param>
    /// <param name="ids">Sequence numbers, as many.</param>
    /// <param name="descending">Newest first.</param>
    public void Sort(ReadOnlySpan<long> times, ReadOnlySpan<long> ids, bool descending)
    {
        _count = times.Length;
        Reserve(_count);
        var places = _places.AsSpan(0, _count);
        for (var i = 0; i < places.Length; i++) places[i] = i;
        if (_count <= Few) Insert(places, times, ids, descending ? -1 : 0);
        else Radix(places, times, ids, descending ? -1 : 0);
    }

    /// <inheritdoc/>
    public void Dispose() => Return();

    private static void Insert(Span<int> places, ReadOnlySpan<long> times, ReadOnlySpan<long> ids, long mask)
    {
        for (var i = 1; i < places.Length; i++)
        {
            var (place, at) = (places[i], i);
            var (time, id) = (times[place] ^ mask, ids[place] ^ mask);
            for (; at > 0; at--)
            {
                var before = places[at - 1];
                var other = times[before] ^ mask;
                if (other < time || (other == time && (ids[before] ^ mask) < id)) break;
                places[at] = before;
            }

            places[at] = place;
        }
    }

    private void Radix(Span<int> places, ReadOnlySpan<long> times, ReadOnlySpan<long> ids, long mask)
    {
        if (_counts.Length == 0) _counts = new int[256];
        var time = new Column(times, mask);
        var id = new Column(ids, mask);
        // The place stands in the lowest bits.
        var width = BitOperations.Log2((uint)places.Length - 1) + 1;
        var room = 64 - width;
        if (time.Bits + id.Bits <= room)
        {
            for (var i = 0; i < places.Length; i++) _keys[i] = (((time[i] << id.Bits) | id[i]) << width) | (uint)i;
            Round(places, width, time.Bits + id.Bits);
            return;
        }

        // Each round keeps the order of the one before among equals.
        Rounds(places, id, width, room);
        Rounds(places, time, width, room);
    }

    private void Rounds(Span<int> places, Column column, int width, int room)
    {
        for (var shift = 0; shift < column.Bits; shift += room)
        {
            var bits = Math.Min(room, column.Bits - shift);
            var mask = (1UL << bits) - 1;
            for (var i = 0; i < places.Length; i++) _keys[i] = (((column[places[i]] >> shift) & mask) << width) | (uint)places[i];
            Round(places, width, bits);
        }
    }

    // Orders the words by so many bits above the place, and takes the places from them.
    private void Round(Span<int> places, int width, int bits)
    {
        var from = _keys.AsSpan(0, places.Length);
        var to = _spare.AsSpan(0, places.Length);
        for (var shift = width; shift < width + bits; shift += 8)
        {
            if (!Pass(from, to, shift)) continue;
            var swap = from;
            from = to;
            to = swap;
        }

        var mask = (1UL << width) - 1;
        for (var i = 0; i < places.Length; i++) places[i] = (int)(from[i] & mask);
    }

    // False where all have the same byte, so that there is nothing to move.
    private bool Pass(ReadOnlySpan<ulong> from, Span<ulong> to, int shift)
    {
        var counts = _counts.AsSpan();
        counts.Clear();
        foreach (var key in from) counts[(byte)(key >> shift)]++;
        if (counts[(byte)(from[0] >> shift)] == from.Length) return false;
        var at = 0;
        foreach (ref var count in counts)
        {
            var here = count;
            count = at;
            at += here;
        }

        foreach (var key in from) to[counts[(byte)(key >> shift)]++] = key;
        return true;
    }

    private void Reserve(int count)
    {
        if (count <= _places.Length) return;
        Return();
        _places = ArrayPool<int>.Shared.Rent(count);
        _keys = ArrayPool<ulong>.Shared.Rent(count);
        _spare = ArrayPool<ulong>.Shared.Rent(count);
    }

    private void Return()
    {
        if (_places.Length == 0) return;
        ArrayPool<int>.Shared.Return(_places);
        ArrayPool<ulong>.Shared.Return(_keys);
        ArrayPool<ulong>.Shared.Return(_spare);
        (_places, _keys, _spare) = ([], [], []);
    }

    // A column as what each exceeds the least by, in the order asked for.
    private readonly ref struct Column
    {
        private readonly ReadOnlySpan<long> _values;
        private readonly long _mask;
        private readonly long _least;

        public Column(ReadOnlySpan<long> values, long mask)
        {
            var (least, greatest) = (long.MaxValue, long.MinValue);
            foreach (var value in values) (least, greatest) = (Math.Min(least, value ^ mask), Math.Max(greatest, value ^ mask));
            _values = values;
            (_mask, _least) = (mask, least);
            Bits = 64 - BitOperations.LeadingZeroCount((ulong)(greatest - least));
        }

        public int Bits { get; }

        public ulong this[int at] => (ulong)((_values[at] ^ _mask) - _least);
    }
}
