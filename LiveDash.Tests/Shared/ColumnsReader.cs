using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace LiveDash.Tests.Shared;

/// <summary>Reads <c>application/vnd.livedash.columns</c> by its document, docs/COLUMNS.md, one number after the other; refuses what the document does not say.</summary>
internal static class ColumnsReader
{
    /// <summary>A point, its series as JSON members; what was not asked for is NaN or null.</summary>
    internal sealed record Row(double Id, double Milliseconds, double Value, double X, double Y, string? Series);

    /// <summary>Reads an answer that must be whole; <paramref name="blocks"/> is how many blocks it had before its end.</summary>
    public static List<Row> Read(ReadOnlySpan<byte> bytes, out int blocks)
    {
        var rows = new List<Row>();
        var names = new List<string>();
        for (blocks = 0; ; blocks++)
        {
            Assert.Equal("LDCB", Encoding.ASCII.GetString(bytes[..4]));
            Assert.Equal(1, BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]));
            var (count, columns) = ((int)BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]));
            var (nameBytes, length) = ((int)BinaryPrimitives.ReadUInt32LittleEndian(bytes[16..]), (int)BinaryPrimitives.ReadUInt32LittleEndian(bytes[20..]));
            Assert.Equal((0, 0), (nameBytes % 8, length % 8));
            Assert.Equal(rows.Count + count, BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]));
            if (BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]) == 1)
            {
                Assert.Equal((0, 48, bytes.Length), (count, length, 48));
                return rows;
            }

            if (nameBytes > 0)
            {
                using var json = JsonDocument.Parse(bytes.Slice(48, nameBytes).ToArray());
                names.AddRange(json.RootElement.EnumerateArray().Select(static name => name.GetRawText()));
            }

            var at = 48 + nameBytes;
            double[]? ids = Column(bytes, 1), times = Column(bytes, 2), values = Column(bytes, 4), x = Column(bytes, 8), y = Column(bytes, 8);
            for (var i = 0; i < count; i++)
            {
                rows.Add(new(
                    ids?[i] ?? double.NaN, times?[i] ?? double.NaN, values?[i] ?? double.NaN, x?[i] ?? double.NaN, y?[i] ?? double.NaN,
                    (columns & 16) == 0 ? null : names[(int)BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + (4 * i))..])]));
            }

            if ((columns & 16) != 0) at += (4 * count) + (4 * (count % 2));
            Assert.Equal(length, at);
            bytes = bytes[length..];

            double[]? Column(ReadOnlySpan<byte> block, uint bit)
            {
                if ((columns & bit) == 0) return null;
                var column = new double[count];
                for (var i = 0; i < count; i++, at += 8) column[i] = BinaryPrimitives.ReadDoubleLittleEndian(block[at..]);
                return column;
            }
        }
    }
}
