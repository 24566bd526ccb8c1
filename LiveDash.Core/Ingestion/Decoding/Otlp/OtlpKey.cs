using System.Buffers.Text;
using System.Text;
using LiveDash.Core.Ingestion.Decoding.Protobuf;
using LiveDash.Core.Model;

namespace LiveDash.Core.Ingestion.Decoding.Otlp;

/// <summary>
/// A point's name and attributes as one run of bytes, texts parted by NUL, so that a known one costs one look-up and no memory. Grows to the largest key it met. A text longer than a name may be is cut to one that is still too long, since
/// the name of a metric and the attributes of a resource are meant for any number of points. Not thread-safe.
/// </summary>
internal sealed class OtlpKey(Limits limits)
{
    private byte[] _bytes = new byte[512];
    private int _length;
    private int _resource;
    private Range[] _places = [];

    /// <summary>The key as it stands.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Begins with the attributes of a resource that are wanted.</summary>
    public void BeginResource(ReadOnlySpan<byte> resource, byte[][] wanted)
    {
        _length = 0;
        if (_places.Length != wanted.Length) _places = new Range[wanted.Length];
        _places.AsSpan().Clear();
        var reader = new ProtoReader(resource);
        while (reader.Next())
        {
            if (reader.Field != 1)
            {
                reader.Skip();
                continue;
            }

            var pair = reader.Bytes();
            Split(pair, out var key, out _);
            // The last of several counts, and the others are in no point's key.
            if (IndexOf(key, wanted) is >= 0 and var place) _places[place] = (reader.Position - pair.Length)..reader.Position;
        }

        foreach (var place in _places)
        {
            if (place.End.Value > 0) Attribute(resource[place]);
        }

        _resource = _length;
    }

    /// <summary>Goes back to the resource and puts a name behind it.</summary>
    public void BeginPoint(ReadOnlySpan<byte> name)
    {
        _length = _resource;
        Text(default);
        Text(name);
    }

    /// <summary>Adds an attribute; one that nests is left out.</summary>
    public void Attribute(ReadOnlySpan<byte> pair)
    {
        Split(pair, out var key, out var value);
        if (key.IsEmpty) return;
        var before = _length;
        Text(key);
        if (!Value(value)) _length = before;
    }

    /// <summary>Adds raw bytes that tell one key from another.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        Ensure(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>The name and the tags; a point's own attribute wins over its resource's.</summary>
    /// <param name="length">How much of it holds them, where raw bytes follow.</param>
    public (string Name, List<KeyValuePair<string, string>> Tags) Read(int? length = null)
    {
        var parts = Encoding.UTF8.GetString(length is { } only ? Bytes[..only] : Bytes).Split('\0');
        var name = "";
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i + 1 < parts.Length; i += 2)
        {
            if (parts[i].Length == 0) name = parts[i + 1];
            else if (parts[i + 1].Length > 0) tags[parts[i]] = parts[i + 1];
        }

        return (name, [.. tags]);
    }

    private static void Split(ReadOnlySpan<byte> pair, out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        key = default;
        value = default;
        var reader = new ProtoReader(pair);
        while (reader.Next())
        {
            if (reader.Field == 1) key = reader.Bytes();
            else if (reader.Field == 2) value = reader.Bytes();
            else reader.Skip();
        }
    }

    private static int IndexOf(ReadOnlySpan<byte> key, byte[][] wanted)
    {
        for (var i = 0; i < wanted.Length; i++)
        {
            if (key.SequenceEqual(wanted[i])) return i;
        }

        return -1;
    }

    private bool Value(ReadOnlySpan<byte> value)
    {
        var reader = new ProtoReader(value);
        if (!reader.Next()) return false;
        Ensure(40);
        int written;
        switch (reader.Field)
        {
            case 1:
                Text(reader.Bytes());
                return true;
            case 2 when reader.Wire == ProtoReader.WireVarint:
                Text(reader.Varint() != 0 ? "true"u8 : "false"u8);
                return true;
            case 3 when reader.Wire == ProtoReader.WireVarint:
                Utf8Formatter.TryFormat((long)reader.Varint(), _bytes.AsSpan(_length), out written);
                break;
            case 4 when reader.Wire == ProtoReader.WireFixed64:
                Utf8Formatter.TryFormat(reader.Double(), _bytes.AsSpan(_length), out written);
                break;
            default:
                return false;
        }

        _length += written;
        _bytes[_length++] = 0;
        return true;
    }

    private void Text(ReadOnlySpan<byte> text)
    {
        Raw(NameRules.Cut(text, limits));
        Ensure(1);
        _bytes[_length++] = 0;
    }

    private void Ensure(int more)
    {
        if (_length + more > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_length + more, _bytes.Length * 2));
    }
}
