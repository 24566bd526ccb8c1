using System.Buffers.Text;

namespace LiveDash.Core.Ingestion.Decoding.Statsd;

/// <summary>
/// StatsD lines, <c>page.views:1|c|@0.1|#shop:berlin</c>: counters, gauges with + and -, timers (<c>ms</c>, <c>h</c>, <c>d</c>), sets; sample rates, DogStatsD's tags, packed values
/// (<c>name:1:2:3|ms</c>), container ids (left out) and times. What they say goes to the <see cref="StatsdAggregator"/>, which makes points of it once an interval. Events and service checks
/// are counted as <c>unsupported</c>. A known name costs no allocation.
/// </summary>
internal sealed class StatsdDecoder(Admission admission, StatsdAggregator aggregator) : LineDecoder(admission)
{
    private protected override Fault? Take(ReadOnlySpan<byte> line, long nowTicks, IngestSession session)
    {
        if (line.StartsWith("_e{"u8) || line.StartsWith("_sc|"u8)) return new(RejectReason.Unsupported, "Events and service checks hold no number.");
        var colon = line.IndexOf((byte)':');
        var pipe = line.IndexOf((byte)'|');
        if (colon < 1 || pipe < colon + 2) return new(RejectReason.BadLine, "A line is: name:value|type.");
        var name = line[..colon];
        var values = line[(colon + 1)..pipe];
        var rest = line[(pipe + 1)..];
        if (TypeOf(Field(ref rest)) is not { } type) return new(RejectReason.Unsupported, "The type is one of c, g, ms, h, d and s.");
        double rate = 1;
        long? ticks = null;
        ReadOnlySpan<byte> tags = default;
        while (!rest.IsEmpty)
        {
            var field = Field(ref rest);
            if (field is [(byte)'@', ..])
            {
                if (!TryNumber(field[1..], out rate) || rate is not (> 0 and <= 1)) return new(RejectReason.BadValue, "A sample rate is above 0 and at most 1.");
            }
            else if (field is [(byte)'#', ..])
            {
                tags = field[1..];
            }
            else if (field is [(byte)'T', ..])
            {
                if (!Utf8Parser.TryParse(field[1..], out long seconds, out var used) || used != field.Length - 1 || !TimeText.TryFromEpochMs(seconds * 1000.0, out var at))
                {
                    return new(RejectReason.BadTime, "A time is T and seconds since 1970.");
                }

                if (Admission.IsFuture(at, nowTicks)) return Admission.FutureFault($"T{seconds}");
                ticks = at;
            }
        }

        return TakeValues(name, tags, type, values, rate, ticks, session);
    }

    private Fault? TakeValues(ReadOnlySpan<byte> name, ReadOnlySpan<byte> tags, StatsdType type, ReadOnlySpan<byte> values, double rate, long? ticks, IngestSession session)
    {
        if (aggregator.Find(name, tags, type, out var slot) is { } fault) return fault;
        if (type == StatsdType.Set)
        {
            aggregator.AddToSet(slot, values);
            return null;
        }

        while (true)
        {
            var colon = values.IndexOf((byte)':');
            var text = colon < 0 ? values : values[..colon];
            var signed = type == StatsdType.Gauge && text is [(byte)'+' or (byte)'-', ..];
            if (!TryNumber(text is [(byte)'+', ..] ? text[1..] : text, out var value))
            {
                return JsonFaults.IsNotFiniteWord(text) ? new(RejectReason.NotFinite, "NaN and infinity are not kept.") : new(RejectReason.BadValue, "The value is not a number.");
            }

            if (!double.IsFinite(value)) return new(RejectReason.NotFinite, "The value is beyond what a double can hold.");
            // A value with a time of its own was summed by its sender.
            if (ticks is { } at && type is StatsdType.Counter or StatsdType.Gauge) session.Add(aggregator.SeriesOf(slot), at, value);
            else aggregator.Add(slot, value, rate, signed);
            if (colon < 0) return null;
            values = values[(colon + 1)..];
        }
    }

    private static ReadOnlySpan<byte> Field(scoped ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)'|');
        var field = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return field;
    }

    private static StatsdType? TypeOf(ReadOnlySpan<byte> text) => text switch
    {
        [(byte)'c'] or [(byte)'m'] => StatsdType.Counter,
        [(byte)'g'] => StatsdType.Gauge,
        [(byte)'h'] or [(byte)'d'] or [(byte)'m', (byte)'s'] => StatsdType.Timer,
        [(byte)'s'] => StatsdType.Set,
        _ => null,
    };

    private static bool TryNumber(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        return text.Length > 0 && text[^1] is >= (byte)'0' and <= (byte)'9' or (byte)'.'
            && Utf8Parser.TryParse(text, out value, out var used) && used == text.Length;
    }
}
