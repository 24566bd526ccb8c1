using System.Buffers;
using System.Globalization;
using System.Text.Json;
using LiveDash.Core.Ingestion.Decoding;

namespace LiveDash.Core.Ingestion.Files;

/// <summary>
/// The points of GeoJSON (RFC 7946): a FeatureCollection, read feature by feature so that memory does not grow with the file, one Feature, or a bare geometry; with
/// any other members, in any order. Several documents may follow each other, as in files of one feature a line and in text sequences (RFC 8142). Point, MultiPoint and
/// GeometryCollection give points; other geometries and null are told one by one; heights are passed over. The feature's number in the file stands for the line.
/// </summary>
public sealed class GeoJsonPointDecoder : StreamDecoder
{
    private const int MaxBare = 8 * 1024 * 1024;
    private const int MaxNesting = 8;

    // Longer than any number, time or series: a feature may have any number of places, and each of them reads these.
    private const int MaxCell = 8_192;
    private readonly int _maxBytes;
    private readonly ImportMap _map;
    private readonly ImportRow _row;
    private readonly ImportCells _cells;
    private GeoJsonHead _head = new(MaxBare);
    private JsonElementFramer _features;
    // How many features the documents before this one had.
    private long _before;
    private bool _done;
    private bool _spaced;
    private bool _between = true;
    private bool _any;

    internal GeoJsonPointDecoder(Admission admission, ImportMap map)
    {
        _maxBytes = admission.Limits.MaxLineBytes;
        _map = map;
        _row = new ImportRow(admission, map);
        _cells = new ImportCells(map.Values.Count);
        _features = Features();
    }

    /// <inheritdoc/>
    public override SequencePosition Decode(ReadOnlySequence<byte> buffer, bool isLast, long nowTicks, IngestSession session)
    {
        while (!_done && !session.IsFull)
        {
            if (_between && !TryBegin(ref buffer, isLast, session)) return buffer.Start;
            if (!_head.Found)
            {
                if (!TryHead(ref buffer, isLast, nowTicks, session)) return buffer.Start;
            }
            else if (!_features.IsClosed)
            {
                if (!TryFeature(ref buffer, isLast, nowTicks, session)) return buffer.Start;
            }
            else if (!TryTail(ref buffer, isLast, session))
            {
                return buffer.Start;
            }
        }

        return _done ? buffer.End : buffer.Start;
    }

    private JsonElementFramer Features() => new(_maxBytes, isArray: true) { LeavesRest = true };

    // Up to the first byte of a document; false where more bytes are needed, or there is no further document.
    private bool TryBegin(ref ReadOnlySequence<byte> buffer, bool isLast, IngestSession session)
    {
        if (!_spaced && !ByteOrderMark.TrySkip(ref buffer, isLast)) return false;
        _spaced = true;
        var reader = new SequenceReader<byte>(buffer);
        reader.AdvancePastAny(" \t\r\n\u001e"u8);
        buffer = reader.UnreadSequence;
        if (!buffer.IsEmpty)
        {
            _between = false;
            return _any = true;
        }

        if (isLast && !_any) session.Reject(1, RejectReason.MissingField, "The file is empty: GeoJSON is a FeatureCollection, a Feature or a geometry.");
        _done = isLast;
        return false;
    }

    private bool TryHead(ref ReadOnlySequence<byte> buffer, bool isLast, long nowTicks, IngestSession session)
    {
        try
        {
            _head.Read(ref buffer, isLast);
        }
        catch (JsonException exception)
        {
            return Fail(exception.Message, session);
        }

        if (_head.Found) return true;
        // A number or a word alone is whole, and no document.
        if (!_head.IsWhole) return isLast && Fail("A FeatureCollection with an array 'features', a Feature or a geometry is needed.", session);
        var number = ++_before;
        if (_head.Bare.IsEmpty) session.Reject(number, RejectReason.LineTooLong, $"The feature is longer than {MaxBare} bytes.");
        else TakeDocument(_head.Bare, number, nowTicks, session);
        return Next();
    }

    private bool TryFeature(ref ReadOnlySequence<byte> buffer, bool isLast, long nowTicks, IngestSession session)
    {
        var status = _features.Next(ref buffer, isLast, out var feature, out var problem);
        var number = _before + _features.Number;
        if (problem is not null)
        {
            session.Reject(number, RejectReason.BadJson, problem);
            return _done = true;
        }

        if (status == LineStatus.NeedMore) return _features.IsClosed;
        if (status == LineStatus.TooLong) session.Reject(number, RejectReason.LineTooLong, $"The feature is longer than {_maxBytes} bytes (LiveDash:Limits:MaxLineBytes).");
        else TakeDocument(feature, number, nowTicks, session);
        return true;
    }

    // What follows the features in their collection.
    private bool TryTail(ref ReadOnlySequence<byte> buffer, bool isLast, IngestSession session)
    {
        try
        {
            if (!_head.ReadTail(ref buffer, isLast)) return false;
        }
        catch (JsonException exception)
        {
            _before += _features.Number;
            return Fail("What follows the features: " + exception.Message, session);
        }

        _before += _features.Number;
        return Next();
    }

    private bool Next()
    {
        (_head, _features, _between) = (new GeoJsonHead(MaxBare), Features(), true);
        return true;
    }

    private bool Fail(string detail, IngestSession session)
    {
        session.Reject(_before + 1, RejectReason.BadJson, detail);
        return _done = true;
    }

    private void TakeDocument(ReadOnlySpan<byte> text, long number, long nowTicks, IngestSession session)
    {
        _cells.Line = number;
        try
        {
            using var json = JsonDocument.Parse(text.ToArray());
            TakeFeature(json.RootElement, nowTicks, session);
        }
        catch (JsonException exception)
        {
            session.Reject(number, RejectReason.BadJson, exception.Message);
        }
        catch (InvalidOperationException)
        {
            // What reading a text throws that is no UTF-8 or holds half a surrogate pair.
            session.Reject(number, RejectReason.BadUtf8, "The feature is not valid UTF-8, or holds half of a surrogate pair.");
        }
    }

    private void TakeFeature(JsonElement root, long nowTicks, IngestSession session)
    {
        // A feature may have foreign members of these names, too.
        var isGeometry = root.ValueKind == JsonValueKind.Object && TypeOf(root) != "Feature" && (root.TryGetProperty("coordinates", out _) || root.TryGetProperty("geometries", out _));
        var properties = default(JsonElement);
        var geometry = root;
        if (!isGeometry && (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("geometry", out geometry)))
        {
            session.Reject(_cells.Line, RejectReason.MissingField, "A FeatureCollection with an array 'features', a Feature or a geometry is needed.");
            return;
        }

        if (geometry.ValueKind == JsonValueKind.Null)
        {
            session.Reject(_cells.Line, RejectReason.MissingField, "The feature's geometry is null: it has no place.");
            return;
        }

        if (!isGeometry) root.TryGetProperty("properties", out properties);
        (_cells.Series, _cells.Time) = (Cell(properties, _map.SeriesColumn), Cell(properties, _map.Time));
        for (var i = 0; i < _map.Values.Count; i++) _cells.Values[i] = Cell(properties, _map.Values[i]);
        if (_cells.Values.Append(_cells.Series).Append(_cells.Time).Any(static cell => cell.Length > MaxCell))
        {
            session.Reject(_cells.Line, RejectReason.BadValue, $"A property is longer than {MaxCell:N0} characters.");
            return;
        }

        var point = 0;
        TakeGeometry(geometry, isPart: false, ref point, 0, nowTicks, session);
    }

    private void TakeGeometry(JsonElement geometry, bool isPart, ref int point, int depth, long nowTicks, IngestSession session)
    {
        var type = TypeOf(geometry);
        if (type == "Point" && geometry.TryGetProperty("coordinates", out var place))
        {
            TakePlace(place, isPart, ref point, nowTicks, session);
        }
        else if (type == "MultiPoint" && geometry.TryGetProperty("coordinates", out var places) && places.ValueKind == JsonValueKind.Array)
        {
            foreach (var one in places.EnumerateArray()) TakePlace(one, isPart: true, ref point, nowTicks, session);
        }
        else if (type == "GeometryCollection" && depth < MaxNesting && geometry.TryGetProperty("geometries", out var parts) && parts.ValueKind == JsonValueKind.Array)
        {
            foreach (var one in parts.EnumerateArray()) TakeGeometry(one, isPart: true, ref point, depth + 1, nowTicks, session);
        }
        else
        {
            session.Reject(_cells.Line, RejectReason.BadValue, type is "LineString" or "MultiLineString" or "Polygon" or "MultiPolygon"
                ? $"The feature's geometry is a {type}, which is no point."
                : "The feature's geometry is not a Point with two numbers.");
        }
    }

    private void TakePlace(JsonElement place, bool isPart, ref int point, long nowTicks, IngestSession session)
    {
        if (place.ValueKind != JsonValueKind.Array || place.GetArrayLength() < 2 || place[0].ValueKind != JsonValueKind.Number || place[1].ValueKind != JsonValueKind.Number)
        {
            session.Reject(_cells.Line, RejectReason.BadValue, "The feature's geometry is not a Point with two numbers.");
            return;
        }

        point++;
        _cells.Part = isPart ? ":" + point.ToString(CultureInfo.InvariantCulture) : "";
        (_cells.X, _cells.Y) = (place[0].GetRawText(), place[1].GetRawText());
        _row.Take(_cells, nowTicks, session);
    }

    private static string? TypeOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("type", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;

    private static string Cell(JsonElement properties, string? name) => properties.ValueKind == JsonValueKind.Object ? JsonCells.Text(properties, name) : "";
}
