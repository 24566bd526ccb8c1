using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace LiveDash.Core.Ingestion.Decoding;

/// <summary>
/// InfluxDB line protocol, <c>cpu,host=a usage_user=1.5,usage_idle=98i 1763719200000000000</c>. Each numeric field is a point of the series
/// <c>measurement.field{tags}</c>, a field called <c>value</c> of <c>measurement{tags}</c>. Booleans are 1 and 0. A text is a state of its series; one that
/// can be none is counted and its neighbours are kept, also where it holds line ends; any other fault refuses the whole line. Without a timestamp a point is of now. Lines that begin with # are comments.
/// </summary>
public sealed class InfluxLineDecoder : StreamDecoder
{
    private readonly Admission _admission;
    private readonly SeriesByteCache _cache;
    private readonly SeriesByteCache _stateCache;
    private readonly InfluxPrecision _precision;
    private readonly InfluxFramer _lines;
    private readonly List<(int Series, double Value)> _points = [];
    private readonly List<(int Series, double Value)> _wide = [];
    private readonly List<(int Series, int State)> _states = [];
    private readonly List<Fault> _badTexts = [];
    private SeriesByteCache.Entry? _last;
    private long? _timestamp;

    internal InfluxLineDecoder(Admission admission, SeriesByteCache cache, SeriesByteCache stateCache, InfluxPrecision precision)
    {
        _admission = admission;
        _cache = cache;
        _stateCache = stateCache;
        _precision = precision;
        _lines = new InfluxFramer(admission.Limits.MaxLineBytes);
    }

    /// <inheritdoc/>
    public override bool OncePerValue => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override SequencePosition Decode(ReadOnlySequence<byte> buffer, bool isLast, long nowTicks, IngestSession session)
    {
        if (!_lines.TryStart(ref buffer, isLast)) return buffer.Start;
        while (!session.IsFull)
        {
            DecodePlain(ref buffer, nowTicks, session);
            if (session.IsFull) break;
            var status = _lines.Next(ref buffer, isLast, out var line);
            if (status == LineStatus.NeedMore) break;
            if (status == LineStatus.TooLong)
            {
                session.Reject(_lines.LineNumber, RejectReason.LineTooLong,
                    $"The line is longer than {_admission.Limits.MaxLineBytes} bytes (LiveDash:Limits:MaxLineBytes).");
                continue;
            }

            line = line.Trim(" \t"u8);
            if (!line.IsEmpty && line[0] != '#') DecodeLine(line, nowTicks, session);
        }

        return buffer.Start;
    }

    // The usual way, without a cut of the sequence for each line: lines that lie whole in its first segment and hold no quote.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DecodePlain(ref ReadOnlySequence<byte> buffer, long nowTicks, IngestSession session)
    {
        if (!_lines.IsBetweenLines) return;
        var first = buffer.FirstSpan;
        var taken = 0;
        while (!session.IsFull)
        {
            var rest = first[taken..];
            var end = rest.IndexOfAny((byte)'\n', (byte)'"');
            if (end < 0 || end > _admission.Limits.MaxLineBytes || rest[end] != '\n') break;
            taken += end + 1;
            _lines.Pass();
            var line = rest[..(end > 0 && rest[end - 1] == '\r' ? end - 1 : end)].Trim(" \t"u8);
            if (!line.IsEmpty && line[0] != '#') DecodeLine(line, nowTicks, session);
        }

        if (taken > 0) buffer = buffer.Slice(taken);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DecodeLine(ReadOnlySpan<byte> line, long nowTicks, IngestSession session)
    {
        _points.Clear();
        _wide.Clear();
        _states.Clear();
        _badTexts.Clear();
        _timestamp = null;
        var ticks = nowTicks;
        if (Parse(line, nowTicks, ref ticks) is { } fault)
        {
            if (!Utf8.IsValid(line)) fault = new(RejectReason.BadUtf8, "The line is not valid UTF-8.");
            session.Reject(_lines.LineNumber, fault.Reason, fault.Detail);
            return;
        }

        if (_timestamp is { } timestamp) session.NoteEpoch(timestamp, ticks, _precision.Unit, "precision");
        foreach (var (reason, detail) in _badTexts) session.Reject(_lines.LineNumber, reason, detail);
        foreach (var (series, state) in _states) session.AddState(series, ticks, state);
        foreach (var (series, value) in _points) session.Add(series, ticks, value);
        foreach (var (series, value) in _wide) session.NoteWide(series, _admission.NameOf(series), value);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Fault? Parse(ReadOnlySpan<byte> line, long nowTicks, ref long ticks)
    {
        var headLength = InfluxText.HeadLength(line);
        var head = line[..headLength];
        var rest = line[headLength..].TrimStart((byte)' ');
        if (rest.IsEmpty) return new(RejectReason.BadLine, "A line is: measurement,tag=value field=1 timestamp. The fields are missing.");
        while (true)
        {
            var keyLength = InfluxText.KeyLength(rest);
            if (keyLength == 0 || keyLength >= rest.Length || rest[keyLength] != '=') return new(RejectReason.BadLine, "A field is: name=number.");
            var key = rest[..keyLength];
            rest = rest[(keyLength + 1)..];
            if (ParseValue(head, key, ref rest) is { } fault) return fault;
            if (rest.IsEmpty) return null;
            if (rest[0] == ' ') break;
            rest = rest[1..];
        }

        rest = rest.Trim((byte)' ');
        return rest.IsEmpty ? null : ParseTime(rest, nowTicks, ref ticks);
    }

    private Fault? ParseTime(ReadOnlySpan<byte> text, long nowTicks, ref long ticks)
    {
        if (!NumberText.TryParse(text, out long timestamp))
        {
            return new(RejectReason.BadTime, "The timestamp is a whole number.");
        }

        _timestamp = timestamp;
        var known = _precision.TryToTicks(timestamp, out ticks);
        if (known && !_admission.IsFuture(ticks, nowTicks)) return null;
        return timestamp > 0
            ? new(RejectReason.Future, $"The timestamp {timestamp}, read as {_precision.Name}, is more than {_admission.Limits.MaxAhead:c} ahead of the clock (LiveDash:Limits:MaxAhead). Is ?precision= right?")
            : new(RejectReason.BadTime, $"The timestamp {timestamp}, read as {_precision.Name}, is before the year 1.");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Fault? ParseValue(ReadOnlySpan<byte> head, ReadOnlySpan<byte> key, ref ReadOnlySpan<byte> rest)
    {
        if (rest is [(byte)'"', ..])
        {
            var quoted = InfluxText.QuotedLength(rest);
            if (quoted < 0 || (quoted < rest.Length && rest[quoted] is not ((byte)',' or (byte)' '))) return new(RejectReason.BadLine, "A text is not closed.");
            var written = rest[1..(quoted - 1)];
            rest = rest[quoted..];
            return TakeText(head, key, written);
        }

        var text = rest[..InfluxText.ValueLength(rest)];
        rest = rest[text.Length..];
        if (!TryParseNumber(text, out var value))
        {
            return JsonFaults.IsNotFiniteWord(text)
                ? new(RejectReason.NotFinite, "NaN and infinity are not kept: leave the field out.")
                : new(RejectReason.BadValue, "A field's value is a number, 5i, true, false or a text in quotes.");
        }

        if (!double.IsFinite(value)) return new(RejectReason.NotFinite, "A number is beyond what a double can hold.");
        if (!_cache.TryGet(key, head, ref _last, out var series))
        {
            if (Admit(head, key, out series) is { } fault) return fault;
            _cache.Add(key, head, series);
        }

        _points.Add((series, value));
        if (Math.Abs(value) >= WideIntegers.Exact && text[^1] is (byte)'i' or (byte)'u' && WideIntegers.IsWide(text[..^1])) _wide.Add((series, value));
        return null;
    }

    // What is wrong with a text alone leaves its neighbours on the line.
    private Fault? TakeText(ReadOnlySpan<byte> head, ReadOnlySpan<byte> key, ReadOnlySpan<byte> written)
    {
        if (!_admission.KeepsText)
        {
            _badTexts.Add(new(RejectReason.TextField, "A field holds a text; texts are left out (LiveDash:Ingest:KeepText)."));
            return null;
        }

        if (!Utf8.IsValid(written)) return new(RejectReason.BadUtf8, "The line is not valid UTF-8.");
        var isGuarded = written.Contains((byte)'\\');
        Fault fault;
        if (!_stateCache.TryGet(key, head, out var series))
        {
            var text = isGuarded ? InfluxText.Unquote(written) : Encoding.UTF8.GetString(written);
            if (Admit(head, key, out series, text) is { } bad)
            {
                if (bad.Reason != RejectReason.BadValue && !ReasonNames.IsOfText(bad.Reason)) return bad;
                _badTexts.Add(LeftOut(bad));
                return null;
            }

            _stateCache.Add(key, head, series);
        }

        var isNumbered = isGuarded ? _admission.TryNumber(series, InfluxText.Unquote(written), out var state, out fault) : _admission.TryNumber(series, written, out state, out fault);
        if (isNumbered) _states.Add((series, state));
        else _badTexts.Add(LeftOut(fault));
        return null;
    }

    // Messages of many lines, and texts beside numbers, are in what agents send by default: a text that can be no state is left out. That there are too many is told.
    private static Fault LeftOut(Fault fault) => fault.Reason == RejectReason.TooManyStates ? fault : fault with { Reason = RejectReason.TextField };

    private static bool TryParseNumber(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (text.IsEmpty) return false;
        // Nearly all: the last byte is a digit, so it is neither a whole number nor a word.
        if (text[^1] is >= (byte)'0' and <= (byte)'9') return NumberText.TryParse(text, out value);
        switch (text)
        {
            case [(byte)'t' or (byte)'T']:
                value = 1;
                return true;
            case [(byte)'f' or (byte)'F']:
                return true;
        }

        if (text.SequenceEqual("true"u8) || text.SequenceEqual("True"u8) || text.SequenceEqual("TRUE"u8))
        {
            value = 1;
            return true;
        }

        if (text.SequenceEqual("false"u8) || text.SequenceEqual("False"u8) || text.SequenceEqual("FALSE"u8)) return true;
        if (text[^1] == 'i')
        {
            var good = Utf8Parser.TryParse(text[..^1], out long whole, out var used) && used == text.Length - 1;
            value = whole;
            return good;
        }

        if (text[^1] == 'u')
        {
            var good = Utf8Parser.TryParse(text[..^1], out ulong whole, out var used) && used == text.Length - 1;
            value = whole;
            return good;
        }

        // The parser itself would take "NaN" and "Infinity".
        return text[^1] == '.' && NumberText.TryParse(text, out value);
    }

    // A text where the series is to hold states.
    private Fault? Admit(ReadOnlySpan<byte> head, ReadOnlySpan<byte> key, out int series, string? text = null)
    {
        series = -1;
        var nameLength = InfluxText.LengthUntil(head, ","u8);
        if (nameLength == 0) return new(RejectReason.BadName, "The measurement is empty.");
        var name = InfluxText.Unescape(head[..nameLength]);
        var field = InfluxText.Unescape(key);
        var tags = new List<KeyValuePair<string, string>>();
        var rest = head[nameLength..];
        while (!rest.IsEmpty)
        {
            rest = rest[1..];
            var length = InfluxText.LengthUntil(rest, ","u8);
            var equals = InfluxText.LengthUntil(rest[..length], "="u8);
            if (equals >= length) return new(RejectReason.BadLine, "A tag is: name=text.");
            var tag = InfluxText.Unescape(rest[..equals]);
            var value = InfluxText.Unescape(rest[(equals + 1)..length]);
            if (tag is null || value is null) return new(RejectReason.BadUtf8, "The line is not valid UTF-8.");
            tags.Add(new(tag, value));
            rest = rest[length..];
        }

        if (name is null || field is null) return new(RejectReason.BadUtf8, "The line is not valid UTF-8.");
        if (field != "value") name += "." + field;
        var isAdmitted = text is null ? _admission.TryAdmitSeries(name, tags, out series, out var fault) : _admission.TryAdmitStates(name, tags, text, out series, out fault);
        return isAdmitted ? null : fault;
    }
}
