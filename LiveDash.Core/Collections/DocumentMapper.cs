using LiveDash.Core.Ingestion;
using MongoDB.Bson;

namespace LiveDash.Core.Collections;

/// <summary>Makes points of documents, over their bytes, without an object a point where the series is known. Used by one reader.</summary>
internal sealed class DocumentMapper
{
    private readonly FieldTree _tree = new();
    private readonly FoundField[] _found;
    private readonly int _key;
    private readonly int _time;
    private readonly int _id = -1;
    private readonly int _point = -1;
    private readonly int[] _values;
    private readonly (string Text, int Slot)[] _name;
    private readonly (string Tag, int Slot)[] _tags;
    private readonly string[] _suffixes;
    private readonly int[] _parts;
    private readonly long _ticksAUnit;
    private readonly int _unitsATick;
    private readonly bool _timeIsKey;
    private readonly long _now;
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _known = new Dictionary<byte[], int>(new BytesComparer()).GetAlternateLookup<ReadOnlySpan<byte>>();
    private readonly List<KeyValuePair<string, string>> _tagsOfOne = [];
    // The series of each value, where no field of a document names it; -1 before it is known.
    private readonly int[] _fixed;
    private byte[] _scratch = new byte[256];

    /// <summary>Prepares a checked mapping.</summary>
    /// <param name="map">The mapping.</param>
    /// <param name="now">The time of documents that tell none, in UTC ticks: those whose key is no ObjectId, where no path to a time is given.</param>
    public DocumentMapper(CollectionMap map, long now)
    {
        if (!SeriesTemplate.TryParse(map.Series, out var template)) throw new ArgumentException("The series is no template.", nameof(map));
        _now = now;
        _key = _tree.Add("_id");
        _time = _tree.Add(map.Time);
        _timeIsKey = map.Time == "_id";
        if (map.Key is not null) _id = _tree.Add(map.Key);
        if (map.Point is not null) _point = _tree.Add(map.Point);
        _values = [.. map.Values.Select(_tree.Add)];
        _suffixes = [.. map.Values.Select(path => map.Values.Count > 1 ? "." + path.Split('.')[^1] : "")];
        _name = [.. template!.Parts.Select(part => part.IsPath ? (part.Text, _tree.Add(part.Text)) : (part.Text, -1))];
        _tags = [.. map.Tags.Select(pair => (pair.Key, _tree.Add(pair.Value)))];
        _parts = [.. _name.Where(static part => part.Slot >= 0).Select(static part => part.Slot), .. _tags.Select(static tag => tag.Slot)];
        (_ticksAUnit, _unitsATick) = map.Unit switch { "s" => (TimeSpan.TicksPerSecond, 1), "us" => (TimeSpan.TicksPerMicrosecond, 1), "ns" => (1L, 100), _ => (TimeSpan.TicksPerMillisecond, 1) };
        _found = new FoundField[_tree.Slots];
        _fixed = new int[Math.Max(1, _values.Length)];
        _fixed.AsSpan().Fill(-1);
    }

    /// <summary>What the server need send of each document.</summary>
    public BsonDocument Projection => new(_tree.Tops.Select(static name => new BsonElement(name, 1)));

    /// <summary>Makes a document's points.</summary>
    /// <returns>Null, or why there are none; of several values those that are good are points all the same.</returns>
    /// <exception cref="InvalidDataException">The document does not hold together.</exception>
    public RejectReason? Map(ReadOnlySpan<byte> document, ISeriesSink sink)
    {
        _tree.Find(document, _found);
        if (Time(document, out var ticks) is { } badTime) return badTime;
        double x = double.NaN, y = double.NaN;
        if (_point >= 0 && BsonValues.Location(_found[_point].Type, _found[_point].In(document), out x, out y) is { } badPlace) return badPlace;
        long? id = _id >= 0 && BsonValues.TryId(_found[_id].Type, _found[_id].In(document), out var number) ? number : null;
        if (_values.Length == 0)
        {
            if (Series(document, 0, sink, out var only) is { } badSeries) return badSeries;
            sink.Add(id, only, ticks, 0, x, y);
            return null;
        }

        RejectReason? fault = null;
        var good = 0;
        for (var i = 0; i < _values.Length; i++)
        {
            var field = _found[_values[i]];
            var series = -1;
            if ((BsonValues.Number(field.Type, field.In(document), out var value) ?? Series(document, i, sink, out series)) is { } bad)
            {
                // A document that lacks one of several values says nothing of it, which is no fault.
                if (bad != RejectReason.MissingField || _values.Length == 1) fault = bad;
                continue;
            }

            sink.Add(id, series, ticks, value, x, y);
            good++;
        }

        return fault ?? (good == 0 ? RejectReason.MissingField : null);
    }

    /// <summary>The key of the document that was mapped last.</summary>
    public BsonValue Key(ReadOnlySpan<byte> document) => Value(_found[_key].Type, _found[_key].In(document));

    /// <summary>The same as a text for people and as a sender's id.</summary>
    public string KeyText(ReadOnlySpan<byte> document) => BsonValues.Text(_found[_key].Type, _found[_key].In(document)) ?? Key(document).ToString()!;

    private static BsonValue Value(BsonType type, ReadOnlySpan<byte> value)
    {
        if (type == BsonType.EndOfDocument) return BsonNull.Value;
        // Back into a document of its own, since only that can be read as a value.
        var bytes = new byte[value.Length + 8];
        BitConverter.TryWriteBytes(bytes, bytes.Length);
        bytes[4] = (byte)type;
        bytes[5] = (byte)'k';
        value.CopyTo(bytes.AsSpan(7));
        return MongoDB.Bson.Serialization.BsonSerializer.Deserialize<BsonDocument>(bytes)[0];
    }

    private RejectReason? Time(ReadOnlySpan<byte> document, out long ticks)
    {
        var field = _found[_time];
        if (!_timeIsKey || field.Type == BsonType.ObjectId) return BsonValues.Time(field.Type, field.In(document), _ticksAUnit, _unitsATick, out ticks);
        ticks = _now;
        return null;
    }

    // The bytes of all that names the series are looked up; only new ones become texts.
    private RejectReason? Series(ReadOnlySpan<byte> document, int value, ISeriesSink sink, out int series)
    {
        series = _fixed[value];
        if (series >= 0) return null;
        var length = 4;
        foreach (var slot in _parts) length += _found[slot].Length + 5;
        if (_scratch.Length < length) _scratch = new byte[length * 2];
        BitConverter.TryWriteBytes(_scratch, value);
        var at = 4;
        foreach (var slot in _parts)
        {
            var field = _found[slot];
            _scratch[at++] = (byte)field.Type;
            BitConverter.TryWriteBytes(_scratch.AsSpan(at), field.Length);
            field.In(document).CopyTo(_scratch.AsSpan(at + 4));
            at += field.Length + 4;
        }

        var key = _scratch.AsSpan(0, at);
        if (_known.TryGetValue(key, out series)) return null;
        if (Intern(document, value, sink, out series) is { } fault) return fault;
        // Bounded by the catalog's limit of series.
        _known[key] = series;
        if (_parts.Length == 0) _fixed[value] = series;
        return null;
    }

    private RejectReason? Intern(ReadOnlySpan<byte> document, int value, ISeriesSink sink, out int series)
    {
        series = -1;
        var name = "";
        foreach (var (text, slot) in _name)
        {
            if (slot < 0)
            {
                name += text;
                continue;
            }

            if (_found[slot].Type == BsonType.EndOfDocument) return RejectReason.MissingField;
            if (BsonValues.Text(_found[slot].Type, _found[slot].In(document)) is not { } part) return RejectReason.BadName;
            name += part;
        }

        _tagsOfOne.Clear();
        foreach (var (tag, slot) in _tags)
        {
            if (BsonValues.Text(_found[slot].Type, _found[slot].In(document)) is { Length: > 0 } text) _tagsOfOne.Add(new(tag, text));
        }

        return sink.TryIntern(name + _suffixes.ElementAtOrDefault(value), _tagsOfOne, out series, out var reason) ? null : reason;
    }
}
