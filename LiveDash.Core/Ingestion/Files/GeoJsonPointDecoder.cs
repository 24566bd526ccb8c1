using System.Buffers;
using System.Text;
using System.Text.Json;
using LiveDash.Core.Ingestion.Decoding;

namespace LiveDash.Core.Ingestion.Files;

/// <summary>
/// The Point features of a GeoJSON FeatureCollection (RFC 7946), read one by one, so memory does not grow with the file. The feature's number stands for the
/// line. Other geometries are refused one by one; heights are passed over.
/// </summary>
public sealed class GeoJsonPointDecoder : StreamDecoder
{
    private const int LongestHead = 1024 * 1024;
    private readonly int _maxBytes;
    private readonly ImportMap _map;
    private readonly ImportRow _row;
    private readonly JsonElementFramer _features;
    private bool _started;
    private bool _refused;

    internal GeoJsonPointDecoder(Admission admission, ImportMap map)
    {
        _maxBytes = admission.Limits.MaxLineBytes;
        _map = map;
        _row = new ImportRow(admission, map);
        _features = new JsonElementFramer(_maxBytes, isArray: true);
    }

    /// <inheritdoc/>
    public override SequencePosition Decode(ReadOnlySequence<byte> buffer, bool isLast, long nowTicks, IngestSession session)
    {
        if (!_started && !_refused && !TryStart(ref buffer, isLast, session)) return buffer.Start;
        if (_refused) return buffer.End;
        while (!session.IsFull)
        {
            var status = _features.Next(ref buffer, isLast, out var feature, out var problem);
            // What follows the array belongs to the collection, and is no point.
            if (problem is not null && !_features.IsClosed) session.Reject(_features.Number, RejectReason.BadJson, problem);
            if (status == LineStatus.NeedMore) break;
            if (status == LineStatus.TooLong) session.Reject(_features.Number, RejectReason.LineTooLong, $"The feature is longer than {_maxBytes} bytes (LiveDash:Limits:MaxLineBytes).");
            else TakeFeature(feature, nowTicks, session);
        }

        return buffer.Start;
    }

    private bool TryStart(ref ReadOnlySequence<byte> buffer, bool isLast, IngestSession session)
    {
        var head = buffer.Slice(0, Math.Min(buffer.Length, LongestHead)).ToArray();
        var at = FindFeatures(head);
        if (at >= 0)
        {
            buffer = buffer.Slice(at);
            _started = true;
            return true;
        }

        if (!isLast && buffer.Length < LongestHead) return false;
        session.Reject(1, RejectReason.MissingField, "A FeatureCollection with an array 'features' is needed.");
        return _refused = true;
    }

    // Behind the bracket of "features": [
    internal static int FindFeatures(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("\"features\""u8);
        if (at < 0) return -1;
        at += 10;
        var rest = head[at..];
        var open = rest.IndexOfAnyExcept(" \t\r\n:"u8);
        return open >= 0 && rest[open] == '[' ? at + open + 1 : -1;
    }

    private void TakeFeature(ReadOnlySpan<byte> feature, long nowTicks, IngestSession session)
    {
        try
        {
            using var json = JsonDocument.Parse(feature.ToArray());
            var root = json.RootElement;
            if (!TryPoint(root, out var x, out var y))
            {
                session.Reject(_features.Number, RejectReason.BadValue, "The feature's geometry is not a Point with two numbers.");
                return;
            }

            _row.Take(_features.Number, Cell(root, _map.SeriesColumn), Cell(root, _map.Time), _map.Value is not null, Cell(root, _map.Value), x, y, nowTicks, session);
        }
        catch (JsonException exception)
        {
            session.Reject(_features.Number, RejectReason.BadJson, exception.Message);
        }
        catch (InvalidOperationException)
        {
            // What reading a text throws that is no UTF-8 or holds half a surrogate pair.
            session.Reject(_features.Number, RejectReason.BadUtf8, "The feature is not valid UTF-8, or holds half of a surrogate pair.");
        }
    }

    private static bool TryPoint(JsonElement feature, out byte[] x, out byte[] y)
    {
        x = y = [];
        if (feature.ValueKind != JsonValueKind.Object || !feature.TryGetProperty("geometry", out var geometry) || geometry.ValueKind != JsonValueKind.Object) return false;
        if (!geometry.TryGetProperty("type", out var type) || !type.ValueEquals("Point"u8)) return false;
        if (!geometry.TryGetProperty("coordinates", out var place) || place.ValueKind != JsonValueKind.Array || place.GetArrayLength() < 2) return false;
        x = Encoding.UTF8.GetBytes(place[0].GetRawText());
        y = Encoding.UTF8.GetBytes(place[1].GetRawText());
        return true;
    }

    private static byte[] Cell(JsonElement feature, string? name) =>
        feature.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object ? JsonCells.Text(properties, name) : [];
}
