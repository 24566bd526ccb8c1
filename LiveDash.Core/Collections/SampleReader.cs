using MongoDB.Bson;

namespace LiveDash.Core.Collections;

/// <summary>Guesses from documents which fields are time, place, key, values and tags. Used once, by one thread.</summary>
internal sealed class SampleReader
{
    private const int MaxDepth = 4;
    private const int MaxValues = 8;
    private const int MaxTags = 4;

    // A field is what it is in most documents, since samples hold oddities.
    private const double Most = 0.8;

    private static readonly string[] s_times = ["t", "time", "ts", "timestamp", "date", "at", "datetime", "created", "createdat", "created_at", "when"];
    private static readonly (string Unit, double From, double To)[] s_units = [("s", 3e8, 4.2e9), ("ms", 3e11, 4.2e12), ("us", 3e14, 4.2e15), ("ns", 3e17, 4.2e18)];

    private readonly int _documents;
    private readonly Dictionary<string, List<BsonValue>> _fields = [];

    public SampleReader(List<BsonDocument> sample)
    {
        _documents = sample.Count;
        foreach (var document in sample) Note(document, "", 1);
    }

    /// <summary>Fills a mapping.</summary>
    public CollectionMap Suggest(CollectionMap begun)
    {
        var point = Find(IsPlace);
        var (time, unit) = Time();
        var key = new[] { "id", "_id", "seq", "n" }.FirstOrDefault(path => Is(path, IsWhole) && _fields[path].Distinct().Count() == _fields[path].Count);
        bool Taken(string path) => path == time || path == key || path == point || (point is not null && path.StartsWith(point + ".", StringComparison.Ordinal));
        var values = _fields.Keys.Where(path => path != "_id" && !Taken(path) && Is(path, static v => v.IsNumeric)).Take(MaxValues).ToList();
        var tags = _fields.Keys.Where(path => path != "_id" && !Taken(path) && Is(path, static v => v.IsString) && IsFew(_fields[path])).Take(MaxTags);
        return begun with
        {
            Point = point, Time = time, Unit = unit, Key = key, Values = values, Series = begun.Series.Length > 0 ? begun.Series : begun.Collection,
            Tags = tags.ToDictionary(static path => path.Replace('.', '_'), static path => path),
        };
    }

    private void Note(BsonDocument document, string before, int depth)
    {
        foreach (var element in document)
        {
            var path = before + element.Name;
            if (!_fields.TryGetValue(path, out var values)) _fields.Add(path, values = []);
            values.Add(element.Value);
            if (element.Value is BsonDocument below && depth < MaxDepth) Note(below, path + ".", depth + 1);
        }
    }

    private (string Path, string Unit) Time()
    {
        var dates = _fields.Keys.Where(path => Is(path, static v => v.IsValidDateTime || v.BsonType is BsonType.DateTime or BsonType.Timestamp)).ToList();
        if (dates.Count > 0) return (dates.Find(IsTimeName) ?? dates[0], "ms");
        foreach (var path in _fields.Keys.Where(path => IsTimeName(path) && Is(path, static v => v.IsNumeric)))
        {
            var unit = s_units.FirstOrDefault(one => Is(path, v => v.IsNumeric && v.ToDouble() >= one.From && v.ToDouble() <= one.To)).Unit;
            if (unit is not null) return (path, unit);
        }

        return ("_id", "ms");
    }

    private string? Find(Func<BsonValue, bool> fits) => _fields.Keys.FirstOrDefault(path => path != "_id" && Is(path, fits));

    private bool Is(string path, Func<BsonValue, bool> fits) => _fields.TryGetValue(path, out var values) && values.Count >= _documents * Most && values.Count(fits) >= values.Count * Most;

    // Names of few things, and not texts that are never the same.
    private static bool IsFew(List<BsonValue> values) => values.Distinct().Count() is var few && few <= 50 && (few <= values.Count / 2 || few == 1);

    private static bool IsTimeName(string path) => s_times.Contains(path.Split('.')[^1].ToLowerInvariant());

    private static bool IsWhole(BsonValue value) => value.IsInt32 || value.IsInt64 || (value.IsDouble && value.AsDouble == Math.Floor(value.AsDouble));

    private static bool IsPlace(BsonValue value) => value switch
    {
        BsonArray { Count: 2 } pair => pair[0].IsNumeric && pair[1].IsNumeric,
        BsonDocument document when document.TryGetValue("coordinates", out var coordinates) => document.GetValue("type", "") == "Point" && IsPlace(coordinates),
        BsonDocument document => BsonValues.Location(BsonType.Document, document.ToBson(), out _, out _) is null,
        _ => false,
    };
}
