using System.Text.Json;
using LiveDash.Core.Ingestion.Decoding;

namespace LiveDash.Core.Ingestion.Files;

/// <summary>
/// JSON objects whose members have names of their own, in an array or one a line, by an <see cref="ImportMap"/>. A member within a member is named with
/// dots: <c>record.high</c>, <c>place.0</c>.
/// </summary>
public sealed class JsonRowDecoder : JsonStreamDecoder
{
    private readonly ImportMap _map;
    private readonly ImportRow _row;
    private readonly ImportCells _cells;
    private readonly JsonDocumentOptions _options;

    internal JsonRowDecoder(Admission admission, ImportMap map)
        : base(admission)
    {
        _map = map;
        _row = new ImportRow(admission, map);
        _cells = new ImportCells(map.Values.Count);
        _options = new JsonDocumentOptions { MaxDepth = admission.Limits.MaxJsonDepth };
    }

    /// <inheritdoc/>
    protected override void Take(ReadOnlySpan<byte> json, long number, long nowTicks, IngestSession session)
    {
        try
        {
            using var document = JsonDocument.Parse(json.ToArray(), _options);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                session.Reject(number, RejectReason.BadJson, "Each row must be an object such as {\"time\":\"2026-11-21\",\"count\":5}.");
                return;
            }

            _cells.Line = number;
            (_cells.Series, _cells.Time) = (JsonCells.Text(root, _map.SeriesColumn), JsonCells.Text(root, _map.Time));
            (_cells.X, _cells.Y) = (JsonCells.Text(root, _map.X), JsonCells.Text(root, _map.Y));
            for (var i = 0; i < _map.Values.Count; i++) _cells.Values[i] = JsonCells.Text(root, _map.Values[i]);
            _row.Take(_cells, nowTicks, session);
        }
        catch (JsonException exception)
        {
            session.Reject(number, RejectReason.BadJson, exception.Message);
        }
        catch (InvalidOperationException)
        {
            // What reading a text throws that is no UTF-8 or holds half a surrogate pair.
            session.Reject(number, RejectReason.BadUtf8, "The row is not valid UTF-8, or holds half of a surrogate pair.");
        }
    }
}
