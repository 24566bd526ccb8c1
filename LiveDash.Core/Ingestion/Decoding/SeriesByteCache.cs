using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LiveDash.Core.Ingestion.Decoding;

/// <summary>
/// Remembers which series a run of bytes means, as the sender spelled it: name and tags, in whatever order, spacing and escaping. So a known series costs
/// one look-up and neither a string nor a sort. Thread-safe; look-ups take no lock. Bounded: past <paramref name="maxEntries"/> spellings or 32 MiB of them
/// it starts anew, which costs time and never correctness, since a series' number never changes. Hashing is randomised by process, so collisions cannot be prepared.
/// </summary>
public sealed class SeriesByteCache(int maxEntries)
{
    private const long MaxBytes = 32L * 1024 * 1024;
    private readonly Lock _gate = new();
    private Entry?[] _buckets = new Entry?[256];
    private int _count;
    private long _bytes;

    /// <summary>How many spellings are known.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Finds a spelling.</summary>
    public bool TryGet(ReadOnlySpan<byte> name, ReadOnlySpan<byte> tags, out int series)
    {
        var found = Find(name, tags);
        series = found?.Series ?? -1;
        return found is not null;
    }

    /// <summary>
    /// Finds a spelling, and tries first the one that followed last time on the one before: senders name their series in the same order again and again, and then a comparison takes the
    /// place of the hash.
    /// </summary>
    /// <param name="name">The name as spelled.</param>
    /// <param name="tags">The tags as spelled.</param>
    /// <param name="last">What was found before in the same stream, null at its beginning.</param>
    /// <param name="series">The series.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool TryGet(ReadOnlySpan<byte> name, ReadOnlySpan<byte> tags, ref Entry? last, out int series)
    {
        var found = last?.Follower;
        if (found is null || !found.Is(name, tags))
        {
            found = Find(name, tags);
            if (found is null)
            {
                series = -1;
                return false;
            }

            // Two streams in different orders overwrite each other's guess, which costs time alone.
            if (last is not null) last.Follower = found;
        }

        last = found;
        series = found.Series;
        return true;
    }

    /// <summary>Remembers a spelling that was checked and interned.</summary>
    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> tags, int series)
    {
        var hash = Hash(name, tags);
        byte[] key = [.. name, .. tags];
        lock (_gate)
        {
            if (_count >= maxEntries || _bytes >= MaxBytes)
            {
                _count = 0;
                _bytes = 0;
                Volatile.Write(ref _buckets, new Entry?[256]);
            }
            else if (_count >= _buckets.Length)
            {
                Volatile.Write(ref _buckets, Grown(_buckets));
            }

            // Two threads may add the same spelling: both entries say the same.
            ref var bucket = ref _buckets[hash & (_buckets.Length - 1)];
            Volatile.Write(ref bucket, new Entry(hash, key, name.Length, series, bucket));
            _count++;
            _bytes += key.Length;
        }
    }

    private Entry? Find(ReadOnlySpan<byte> name, ReadOnlySpan<byte> tags)
    {
        var hash = Hash(name, tags);
        var buckets = Volatile.Read(ref _buckets);
        for (var entry = Volatile.Read(ref buckets[hash & (buckets.Length - 1)]); entry is not null; entry = entry.Next)
        {
            if (entry.Hash == hash && entry.Is(name, tags)) return entry;
        }

        return null;
    }

    private static Entry?[] Grown(Entry?[] old)
    {
        var buckets = new Entry?[old.Length * 2];
        foreach (var head in old)
        {
            for (var entry = head; entry is not null; entry = entry.Next)
            {
                ref var bucket = ref buckets[entry.Hash & (buckets.Length - 1)];
                bucket = new Entry(entry.Hash, entry.Key, entry.NameLength, entry.Series, bucket);
            }
        }

        return buckets;
    }

    // string.GetHashCode is Marvin over any chars: fast, and seeded by process.
    private static int Hash(ReadOnlySpan<byte> name, ReadOnlySpan<byte> tags) => Hash(name) * 31 + (tags.IsEmpty ? 0 : Hash(tags));

    private static int Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = string.GetHashCode(MemoryMarshal.Cast<byte, char>(bytes));
        return (bytes.Length & 1) == 0 ? hash : (hash ^ bytes[^1]) * -1640531527;
    }

    /// <summary>A spelling. Immutable, but for the guess.</summary>
    internal sealed class Entry(int hash, byte[] key, int nameLength, int series, Entry? next)
    {
        public int Hash { get; } = hash;

        public byte[] Key { get; } = key;

        public int NameLength { get; } = nameLength;

        public int Series { get; } = series;

        public Entry? Next { get; } = next;

        /// <summary>What was looked up after this one last time.</summary>
        public Entry? Follower { get; set; }

        public bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> tags) =>
            Key.Length == name.Length + tags.Length && NameLength == name.Length
            && Key.AsSpan(0, NameLength).SequenceEqual(name) && Key.AsSpan(NameLength).SequenceEqual(tags);
    }
}
