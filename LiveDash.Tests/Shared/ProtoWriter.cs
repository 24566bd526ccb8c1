using System.Buffers.Binary;
using System.Text;

namespace LiveDash.Tests.Shared;

/// <summary>Writes protobuf by hand: what a sender puts on the wire, from its published field numbers alone.</summary>
public sealed class ProtoWriter
{
    private readonly List<byte> _bytes = [];

    /// <summary>What was written.</summary>
    public byte[] ToArray() => [.. _bytes];

    /// <summary>A varint field.</summary>
    public ProtoWriter Varint(int field, ulong value)
    {
        Raw(((ulong)field << 3) | 0);
        Raw(value);
        return this;
    }

    /// <summary>A double field.</summary>
    public ProtoWriter Double(int field, double value)
    {
        Raw(((ulong)field << 3) | 1);
        var bytes = new byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>A text, a message, or packed numbers.</summary>
    public ProtoWriter Bytes(int field, byte[] value)
    {
        Raw(((ulong)field << 3) | 2);
        Raw((ulong)value.Length);
        _bytes.AddRange(value);
        return this;
    }

    /// <summary>A label: fields 1 and 2.</summary>
    public static byte[] Pair(string name, string value) => new ProtoWriter().Bytes(1, Encoding.UTF8.GetBytes(name)).Bytes(2, Encoding.UTF8.GetBytes(value)).ToArray();

    /// <summary>A WriteRequest of remote-write 1.0.</summary>
    public static byte[] RemoteWrite1(params IReadOnlyList<(IReadOnlyList<(string Name, string Value)> Labels, IReadOnlyList<(double Value, long Ms)> Samples)> all)
    {
        var request = new ProtoWriter();
        foreach (var (labels, samples) in all)
        {
            var series = new ProtoWriter();
            foreach (var (name, value) in labels) series.Bytes(1, Pair(name, value));
            foreach (var (value, ms) in samples) series.Bytes(2, Sample(value, ms));
            request.Bytes(1, series.ToArray());
        }

        return request.ToArray();
    }

    /// <summary>A Request of remote-write 2.0.</summary>
    public static byte[] RemoteWrite2(IReadOnlyList<string> symbols, params IReadOnlyList<(IReadOnlyList<int> References, IReadOnlyList<(double Value, long Ms)> Samples)> all)
    {
        var request = new ProtoWriter();
        foreach (var symbol in symbols) request.Bytes(4, Encoding.UTF8.GetBytes(symbol));
        foreach (var (references, samples) in all)
        {
            var packed = new ProtoWriter();
            foreach (var reference in references) packed.Raw((ulong)reference);
            var series = new ProtoWriter().Bytes(1, packed.ToArray());
            foreach (var (value, ms) in samples) series.Bytes(2, Sample(value, ms));
            request.Bytes(5, series.ToArray());
        }

        return request.ToArray();
    }

    /// <summary>In Snappy's block format.</summary>
    public static byte[] Snappy(byte[] message) => Snappier.Snappy.CompressToArray(message);

    private static byte[] Sample(double value, long ms) => new ProtoWriter().Double(1, value).Varint(2, (ulong)ms).ToArray();

    private void Raw(ulong value)
    {
        for (; value >= 0x80; value >>= 7) _bytes.Add((byte)(value | 0x80));
        _bytes.Add((byte)value);
    }
}
