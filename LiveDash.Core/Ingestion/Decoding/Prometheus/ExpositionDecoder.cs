using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace LiveDash.Core.Ingestion.Decoding.Prometheus;

/// <summary>
/// What a Prometheus exporter shows: text format 0.0.4 and OpenMetrics 1.0 (prometheus.io, "Exposition formats"; openmetrics.io). Comments, units, types and exemplars are passed over. A sample without a time has the
/// scrape's. NaN is no point: exporters write it for what was never observed. One body, one decoder; a known series costs no allocation.
/// </summary>
internal sealed class ExpositionDecoder(Admission admission, ScrapeNames names, bool isOpenMetrics) : LineDecoder(admission)
{
    /// <summary>How many samples there were, and how many were left after relabelling.</summary>
    public (long Scraped, long Kept) Samples { get; private set; }

    private protected override Fault? Take(ReadOnlySpan<byte> line, long nowTicks, IngestSession session)
    {
        if (line[0] == '#') return null;
        var head = HeadLength(line);
        if (head < 1) return new(RejectReason.BadLine, "A line is: name{label=\"text\"} value.");
        var rest = line[head..].TrimStart(" \t"u8);
        // An exemplar stands behind " # ".
        var exemplar = rest.IndexOf(" # "u8);
        if (exemplar >= 0) rest = rest[..exemplar].TrimEnd((byte)' ');
        var space = rest.IndexOfAny(" \t"u8);
        var text = space < 0 ? rest : rest[..space];
        Samples = (Samples.Scraped + 1, Samples.Kept);
        if (!TryValue(text, out var value)) return new(RejectReason.BadValue, "The value is not a number.");
        var ticks = nowTicks;
        if (space >= 0 && Time(rest[space..].Trim(" \t"u8), nowTicks, out ticks) is { } badTime) return badTime;
        if (names.Find(line[..head], out var series) is { } fault) return fault;
        if (series < 0) return null;
        Samples = (Samples.Scraped, Samples.Kept + 1);
        if (double.IsNaN(value)) return null;
        if (!double.IsFinite(value)) return new(RejectReason.NotFinite, "Infinity is not kept.");
        session.Add(series, ticks, value);
        return null;
    }

    // Up to the value: the name, and the labels, in whose texts braces and spaces may stand.
    private static int HeadLength(ReadOnlySpan<byte> line)
    {
        var end = line.IndexOfAny("{ \t"u8);
        if (end < 0 || line[end] != '{') return end;
        var isText = false;
        for (var i = end + 1; i < line.Length; i++)
        {
            if (isText && line[i] == '\\') i++;
            else if (line[i] == '"') isText = !isText;
            else if (line[i] == '}' && !isText) return i + 1;
        }

        return -1;
    }

    private static bool TryValue(ReadOnlySpan<byte> text, out double value)
    {
        if (text is [(byte)'+', ..]) text = text[1..];
        if (Utf8Parser.TryParse(text, out value, out var used) && used == text.Length) return true;
        (value, var known) = Encoding.ASCII.GetString(text[..Math.Min(8, text.Length)]).ToLowerInvariant() switch
        {
            "nan" => (double.NaN, true),
            "inf" => (double.PositiveInfinity, true),
            "-inf" => (double.NegativeInfinity, true),
            _ => (0, false),
        };
        return known;
    }

    private Fault? Time(ReadOnlySpan<byte> text, long nowTicks, out long ticks)
    {
        ticks = nowTicks;
        if (!Utf8Parser.TryParse(text, out double time, out var used) || used != text.Length || !TimeText.TryFromEpochMs(isOpenMetrics ? time * 1000 : time, out ticks))
        {
            return new(RejectReason.BadTime, "The time is not a number since 1970.");
        }

        return Admission.IsFuture(ticks, nowTicks) ? Admission.FutureFault(Encoding.ASCII.GetString(text)) : null;
    }
}
