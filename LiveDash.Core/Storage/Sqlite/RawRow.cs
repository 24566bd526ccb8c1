using System.Buffers.Binary;
using System.Text;

namespace LiveDash.Core.Storage.Sqlite;

/// <summary>A row as it stands on its pages, with the values of its columns. Immutable.</summary>
/// <param name="RowId">Its number.</param>
/// <param name="Pages">The page it begins on and those it goes on.</param>
/// <param name="Columns">Each null, a <see cref="long"/>, a <see cref="double"/>, a <see cref="string"/> or a <see cref="byte"/> array.</param>
internal sealed record RawRow(long RowId, IReadOnlyList<int> Pages, IReadOnlyList<object?> Columns)
{
    private const int Usable = PageFile.PageSize;

    // The longest row LiveDash writes: an image of a plot, or a commit of 131,072 points.
    private const long LongestRow = 256L * 1024 * 1024;

    /// <summary>The rows of a leaf page of a table.</summary>
    /// <param name="file">Where the rest of long rows is read.</param>
    /// <param name="page">The page's number.</param>
    /// <param name="bytes">The page.</param>
    /// <param name="isWhole">False when something on it cannot be read.</param>
    public static List<RawRow> OfLeaf(PageFile file, int page, ReadOnlySpan<byte> bytes, out bool isWhole)
    {
        var found = new List<RawRow>();
        int cells = BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]);
        isWhole = cells <= (PageFile.PageSize - 8) / 2;
        for (var i = 0; i < cells && 8 + (2 * i) + 2 <= bytes.Length; i++)
        {
            var row = TryRead(file, page, bytes, BinaryPrimitives.ReadUInt16BigEndian(bytes[(8 + (2 * i))..]));
            if (row is null) isWhole = false;
            else found.Add(row);
        }

        return found;
    }

    /// <summary>Reads SQLite's number of 1 to 9 bytes.</summary>
    public static bool TryVarint(ReadOnlySpan<byte> bytes, int at, out long value, out int next)
    {
        ulong read = 0;
        (value, next) = (0, at);
        for (var i = 0; i < 9; i++)
        {
            if (next >= bytes.Length) return false;
            var one = bytes[next++];
            if (i == 8)
            {
                value = (long)((read << 8) | one);
                return true;
            }

            read = (read << 7) | (uint)(one & 0x7f);
            if (one >= 0x80) continue;
            value = (long)read;
            return true;
        }

        return false;
    }

    private static RawRow? TryRead(PageFile file, int page, ReadOnlySpan<byte> bytes, int at)
    {
        if (at < 8 || !TryVarint(bytes, at, out var length, out at) || !TryVarint(bytes, at, out var rowId, out at)) return null;
        if (length is < 1 or > LongestRow || length > (long)file.PageCount * PageFile.PageSize) return null;
        var local = Local(length);
        if (at + local > bytes.Length) return null;
        var payload = new byte[length];
        bytes.Slice(at, local).CopyTo(payload);
        var pages = new List<int> { page };
        if (local < length && (at + local + 4 > bytes.Length || !TryReadRest(file, BinaryPrimitives.ReadInt32BigEndian(bytes[(at + local)..]), payload.AsSpan(local), pages))) return null;
        return Decode(payload) is { } columns ? new RawRow(rowId, pages, columns) : null;
    }

    // How much of a row stands on the leaf itself.
    private static int Local(long length)
    {
        const int max = Usable - 35;
        const int min = ((Usable - 12) * 32 / 255) - 23;
        if (length <= max) return (int)length;
        var fitting = min + (int)((length - min) % (Usable - 4));
        return fitting <= max ? fitting : min;
    }

    private static bool TryReadRest(PageFile file, int next, Span<byte> rest, List<int> pages)
    {
        Span<byte> bytes = stackalloc byte[PageFile.PageSize];
        while (rest.Length > 0)
        {
            if (!file.TryRead(next, bytes)) return false;
            pages.Add(next);
            var part = Math.Min(rest.Length, Usable - 4);
            bytes.Slice(4, part).CopyTo(rest);
            rest = rest[part..];
            next = BinaryPrimitives.ReadInt32BigEndian(bytes);
        }

        return true;
    }

    private static List<object?>? Decode(ReadOnlySpan<byte> payload)
    {
        if (!TryVarint(payload, 0, out var headerLength, out var at) || headerLength < at || headerLength > payload.Length) return null;
        var columns = new List<object?>();
        var body = (int)headerLength;
        while (at < headerLength)
        {
            if (!TryVarint(payload, at, out var type, out at) || Length(type) is not { } length || body + length > payload.Length) return null;
            columns.Add(Value(type, payload.Slice(body, (int)length)));
            body += (int)length;
        }

        return columns;
    }

    private static long? Length(long type) => type switch
    {
        0 or 8 or 9 => 0,
        >= 1 and <= 4 => type,
        5 => 6,
        6 or 7 => 8,
        >= 12 => (type - 12) / 2,
        _ => null,
    };

    private static object? Value(long type, ReadOnlySpan<byte> bytes) => type switch
    {
        0 => null,
        8 => 0L,
        9 => 1L,
        7 => BinaryPrimitives.ReadDoubleBigEndian(bytes),
        <= 6 => Whole(bytes),
        _ => type % 2 == 0 ? bytes.ToArray() : Encoding.UTF8.GetString(bytes),
    };

    private static long Whole(ReadOnlySpan<byte> bytes)
    {
        long value = (sbyte)bytes[0];
        foreach (var one in bytes[1..]) value = (value << 8) | one;
        return value;
    }
}
