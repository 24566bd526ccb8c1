using System.Buffers.Binary;

namespace LiveDash.Core.Storage.Sqlite;

/// <summary>
/// Where the newest committed image of each page stands in SQLite's log file, read without SQLite, by the format of sqlite.org/fileformat2.html, section 4. Immutable.
/// </summary>
internal sealed class WalPages
{
    private const int HeaderBytes = 32;
    private const int FrameHeaderBytes = 24;

    private readonly Dictionary<int, long> _at = [];

    /// <summary>How many pages the database has by the last commit; 0 where the log holds none.</summary>
    public int PageCount { get; private set; }

    /// <summary>Where the image of a page begins in the log file; null where the database's own is the newest.</summary>
    public long? Find(int page) => _at.TryGetValue(page, out var at) ? at : null;

    /// <summary>Reads a log file up to its last whole commit; a missing or foreign one holds nothing.</summary>
    public static WalPages Read(Stream log, int pageSize)
    {
        var pages = new WalPages();
        var header = new byte[HeaderBytes];
        if (log.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes) return pages;
        var magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        if ((magic & 0xfffffffe) != 0x377f0682 || BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(8)) != pageSize) return pages;
        var sums = new Sums((magic & 1) != 0);
        sums.Add(header.AsSpan(0, 24));
        if (!sums.Equal(header.AsSpan(24))) return pages;
        pages.ReadFrames(log, header, sums, pageSize);
        return pages;
    }

    private void ReadFrames(Stream log, byte[] header, Sums sums, int pageSize)
    {
        var frame = new byte[FrameHeaderBytes + pageSize];
        var open = new Dictionary<int, long>();
        for (long at = HeaderBytes; log.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length; at += frame.Length)
        {
            if (!frame.AsSpan(8, 8).SequenceEqual(header.AsSpan(16, 8))) return;
            sums.Add(frame.AsSpan(0, 8));
            sums.Add(frame.AsSpan(FrameHeaderBytes));
            if (!sums.Equal(frame.AsSpan(16))) return;
            open[BinaryPrimitives.ReadInt32BigEndian(frame)] = at + FrameHeaderBytes;
            var size = BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(4));
            if (size == 0) continue;
            foreach (var (page, place) in open) _at[page] = place;
            open.Clear();
            PageCount = size;
        }
    }

    // The log's running checksum: a Fibonacci-weighted pair over 32-bit words.
    private struct Sums(bool isBigEndian)
    {
        private uint _first;
        private uint _second;

        public void Add(ReadOnlySpan<byte> bytes)
        {
            for (var i = 0; i + 8 <= bytes.Length; i += 8)
            {
                _first += Word(bytes[i..]) + _second;
                _second += Word(bytes[(i + 4)..]) + _first;
            }
        }

        public readonly bool Equal(ReadOnlySpan<byte> said) =>
            BinaryPrimitives.ReadUInt32BigEndian(said) == _first && BinaryPrimitives.ReadUInt32BigEndian(said[4..]) == _second;

        private readonly uint Word(ReadOnlySpan<byte> bytes) =>
            isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }
}
