namespace LiveDash.Core.Ingestion.Decoding.Graphite;

/// <summary>
/// Graphite's plaintext protocol, <c>servers.web1.load 1.5 1767225600</c>, with tags as carbon 1.1 takes them (<c>load;host=web1 1.5 1767225600</c>). The time is in seconds
/// since 1970, whole or with a fraction; -1, <c>N</c> or none means now. A known path costs no allocation.
/// </summary>
internal sealed class GraphiteLineDecoder(Admission admission, GraphiteNames names) : LineDecoder(admission)
{
    private protected override Fault? Take(ReadOnlySpan<byte> line, long nowTicks, IngestSession session)
    {
        var path = Word(ref line);
        var value = Word(ref line);
        var time = Word(ref line);
        if (value.IsEmpty || !line.IsEmpty) return new(RejectReason.BadLine, "A line is: path value seconds.");
        if (!TryNumber(value, out var number))
        {
            return JsonFaults.IsNotFiniteWord(value)
                ? new(RejectReason.NotFinite, "NaN and infinity are not kept: leave the line out.")
                : new(RejectReason.BadValue, "The value is not a number.");
        }

        if (!double.IsFinite(number)) return new(RejectReason.NotFinite, "The value is beyond what a double can hold.");
        var ticks = nowTicks;
        if (!time.IsEmpty && GraphiteTime.Read(time, nowTicks, Admission, out ticks) is { } badTime) return badTime;
        if (names.Find(path, out var series) is { } badName) return badName;
        session.Add(series, ticks, number);
        if (Math.Abs(number) >= WideIntegers.Exact && WideIntegers.IsWide(value)) session.NoteWide(series, Admission.NameOf(series), number);
        return null;
    }

    private static ReadOnlySpan<byte> Word(ref ReadOnlySpan<byte> line)
    {
        var end = line.IndexOfAny(" \t"u8);
        var word = end < 0 ? line : line[..end];
        line = end < 0 ? default : line[end..].TrimStart(" \t"u8);
        return word;
    }

    // The parser itself would take "NaN" and "Infinity".
    private static bool TryNumber(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (text is [(byte)'+', ..]) text = text[1..];
        return text.Length > 0 && text[^1] is >= (byte)'0' and <= (byte)'9' or (byte)'.' && NumberText.TryParse(text, out value);
    }
}
