using System.Text.Json;

namespace LiveDash.Core.Ingestion.Decoding.Collectd;

/// <summary>
/// What collectd's plugin write_http sends as JSON: an array of value lists, named by <see cref="CollectdNames"/>. Values that are null, which collectd writes for unknown, are no points.
/// </summary>
public sealed class CollectdDecoder : JsonStreamDecoder
{
    private readonly Admission _admission;
    private readonly CollectdNames _names;

    internal CollectdDecoder(Admission admission, CollectdNames names)
        : base(admission)
    {
        _admission = admission;
        _names = names;
    }

    /// <inheritdoc/>
    protected override void Take(ReadOnlySpan<byte> json, long number, long nowTicks, IngestSession session)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = _admission.Limits.MaxJsonDepth });
            using var document = JsonDocument.ParseValue(ref reader);
            TakeList(document.RootElement, number, nowTicks, session);
        }
        catch (JsonException)
        {
            session.Reject(number, RejectReason.BadJson, "It is not a value list of collectd's write_http.");
        }
        catch (InvalidOperationException)
        {
            session.Reject(number, RejectReason.BadJson, "A member of the value list is of another type than collectd writes.");
        }
    }

    private void TakeList(JsonElement list, long number, long nowTicks, IngestSession session)
    {
        if (list.ValueKind != JsonValueKind.Object || !list.TryGetProperty("values", out var values) || !list.TryGetProperty("plugin", out var plugin))
        {
            session.Reject(number, RejectReason.MissingField, "A value list has values and a plugin.");
            return;
        }

        var ticks = nowTicks;
        if (list.TryGetProperty("time", out var time) && (!time.TryGetDouble(out var seconds) || !TimeText.TryFromEpochMs(seconds * 1000, out ticks)))
        {
            session.Reject(number, RejectReason.BadTime, "The time is not a number of seconds since 1970.");
            return;
        }

        if (_admission.IsFuture(ticks, nowTicks))
        {
            var fault = _admission.FutureFault(TimeText.Format(ticks));
            session.Reject(number, fault.Reason, fault.Detail);
            return;
        }

        TakeValues(list, plugin, values, ticks, number, session);
    }

    // Walked once and in order: to look a place up in an array whose elements nest costs all that stand before it.
    private void TakeValues(JsonElement list, JsonElement plugin, JsonElement values, long ticks, long number, IngestSession session)
    {
        var (host, name, instance) = (Text(list, "host"), NameRules.Cut(plugin.GetString() ?? "", _admission.Limits), Text(list, "plugin_instance"));
        var (type, typeInstance) = (Text(list, "type"), Text(list, "type_instance"));
        var sources = list.TryGetProperty("dsnames", out var named) && named.ValueKind == JsonValueKind.Array ? named.EnumerateArray() : default;
        foreach (var one in values.EnumerateArray())
        {
            var isNamed = sources.MoveNext();
            if (one.ValueKind == JsonValueKind.Null) continue;
            if (one.ValueKind != JsonValueKind.Number)
            {
                session.Reject(number, RejectReason.BadValue, "A value is not a number.");
                continue;
            }

            var value = one.GetDouble();
            var source = isNamed ? NameRules.Cut(sources.Current.GetString() ?? "", _admission.Limits) : "value";
            if (!double.IsFinite(value)) session.Reject(number, RejectReason.NotFinite, "A value is beyond what a double can hold.");
            else if (_names.Find((host, name, instance, type, typeInstance, source), out var series) is { } fault) session.Reject(number, fault.Reason, fault.Detail);
            else
            {
                session.Add(series, ticks, value);
                if (Math.Abs(value) >= WideIntegers.Exact && WideIntegers.IsWide(one.GetRawText())) session.NoteWide(series, _admission.NameOf(series), value);
            }
        }
    }

    private string Text(JsonElement list, string member) =>
        list.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? NameRules.Cut(value.GetString()!, _admission.Limits) : "";
}
