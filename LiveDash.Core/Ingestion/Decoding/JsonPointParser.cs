using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using LiveDash.Core.Model;

namespace LiveDash.Core.Ingestion.Decoding;

/// <summary>
/// Reads one point from one JSON object. Strict: every field at most once, no unknown field, nothing after the object, finite numbers only. Faults of syntax
/// are found before faults of content. A point of a known series costs no allocation, save the sender's own id. A text in the place of the value is a state. Not thread-safe.
/// </summary>
/// <param name="states">Spellings of series of states; those of numbers are in <paramref name="cache"/>.</param>
/// <param name="allowOld">Of an import: whether times before 2000 and ahead of the clock are meant; null where points are live, and old ones are taken as they come.</param>
internal sealed class JsonPointParser(Admission admission, SeriesByteCache cache, SeriesByteCache states, EpochUnit unit = EpochUnit.Ms, bool? allowOld = null)
{
    private readonly JsonReaderOptions _options = new() { MaxDepth = admission.Limits.MaxJsonDepth };
    private Fault? _fault;
    private long _nowTicks;
    private long _ticks;
    private double _value;
    private double _x;
    private double _y;
    private string? _id;
    private JsonField _seen;
    // Where name and tags stand in the text: spans cannot be fields.
    private Range _name;
    private Range _tags;
    // With its quotes; empty where the point has a number.
    private Range _text;
    private bool _wantDetail;
    private bool _dated;
    // Numbers in t, for the warning that they look like another unit.
    private double _epoch;
    private bool _wide;
    private SeriesByteCache.Entry? _last;

    /// <summary>Reads a point into the session, or counts there why not.</summary>
    public void Parse(ReadOnlySpan<byte> json, long line, long nowTicks, IngestSession session)
    {
        _fault = null;
        _seen = JsonField.None;
        _nowTicks = _ticks = nowTicks;
        _value = 0;
        _x = _y = double.NaN;
        _id = null;
        _tags = _text = default;
        _dated = _wide = false;
        _epoch = double.NaN;
        _wantDetail = session.WantsDetail;
        var reader = new Utf8JsonReader(json, _options);
        try
        {
            Read(ref reader, json);
        }
        catch (JsonException e)
        {
            _fault = JsonFaults.Explain(json, reader.BytesConsumed, e, admission.Limits);
        }
        catch (InvalidOperationException)
        {
            // What Utf8JsonReader throws for half a surrogate pair and bytes that are no UTF-8.
            _fault = BadUtf8();
        }

        var series = -1;
        if (_fault is null) TryResolve(json, out series);
        if (_fault is { } fault)
        {
            if (fault.Reason != RejectReason.BadUtf8 && !Utf8.IsValid(json)) fault = BadUtf8();
            session.Reject(line, fault.Reason, fault.Detail);
            return;
        }

        if (_text.End.Value > 0) session.AddState(series, _ticks, (int)_value, _x, _y, _id, _id is not null && !_dated);
        else session.Add(series, _ticks, _value, _x, _y, _id, _id is not null && !_dated);
        if (!double.IsNaN(_epoch)) session.NoteEpoch(_epoch, _ticks, unit);
        if (_wide) session.NoteWide(series, admission.NameOf(series), _value);
    }

    private static Fault BadUtf8() => new(RejectReason.BadUtf8, "The line is not valid UTF-8, or holds half of a surrogate pair.");

    private void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            reader.Read();
            Fail(RejectReason.BadJson, "A point is an object such as {\"series\":\"cpu.load\",\"value\":1.5}.");
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = FieldOf(ref reader);
            if (field == JsonField.None) FailUnknown(ref reader);
            else if ((_seen & field) != 0) Fail(RejectReason.BadJson, $"The field '{NameOf(field)}' stands twice.");
            _seen |= field;
            reader.Read();
            switch (field)
            {
                case JsonField.Series: ReadName(ref reader); break;
                case JsonField.Tags: ReadTags(ref reader); break;
                case JsonField.Time: ReadTime(ref reader); break;
                case JsonField.Value: ReadValue(ref reader); break;
                case JsonField.State: ReadState(ref reader); break;
                case JsonField.Location: ReadLocation(ref reader); break;
                case JsonField.Id: ReadId(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        // One more read throws on whatever follows the object.
        reader.Read();
    }

    private static JsonField FieldOf(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan switch
            {
                [(byte)'t'] => JsonField.Time,
                [(byte)'p', (byte)'t'] => JsonField.Location,
                [(byte)'i', (byte)'d'] => JsonField.Id,
                [(byte)'t', (byte)'a', (byte)'g', (byte)'s'] => JsonField.Tags,
                [(byte)'v', (byte)'a', (byte)'l', (byte)'u', (byte)'e'] => JsonField.Value,
                [(byte)'s', (byte)'t', (byte)'a', (byte)'t', (byte)'e'] => JsonField.State,
                [(byte)'s', (byte)'e', (byte)'r', (byte)'i', (byte)'e', (byte)'s'] => JsonField.Series,
                _ => JsonField.None,
            };
        }

        if (reader.ValueTextEquals("series"u8)) return JsonField.Series;
        if (reader.ValueTextEquals("tags"u8)) return JsonField.Tags;
        if (reader.ValueTextEquals("t"u8)) return JsonField.Time;
        if (reader.ValueTextEquals("value"u8)) return JsonField.Value;
        if (reader.ValueTextEquals("state"u8)) return JsonField.State;
        if (reader.ValueTextEquals("pt"u8)) return JsonField.Location;
        return reader.ValueTextEquals("id"u8) ? JsonField.Id : JsonField.None;
    }

    private static string NameOf(JsonField field) => field switch
    {
        JsonField.Time => "t",
        JsonField.Location => "pt",
        _ => field.ToString().ToLowerInvariant(),
    };

    private void ReadName(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            Fail(RejectReason.BadName, "'series' is a text.");
            return;
        }

        // The quotes are not part of it.
        var start = (int)reader.TokenStartIndex + 1;
        _name = start..(start + reader.ValueSpan.Length);
    }

    private void ReadTags(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return;
        var start = (int)reader.TokenStartIndex;
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        reader.Skip();
        if (isObject) _tags = start..(int)reader.BytesConsumed;
        else Fail(RejectReason.BadName, "'tags' is an object of texts, such as {\"host\":\"web1\"}.");
    }

    private void ReadTime(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return;
            case JsonTokenType.Number when reader.TryGetInt64(out var whole):
                if (!EpochUnits.TryToTicks(whole, unit, out _ticks)) FailTime(ref reader, whole > 0);
                _epoch = whole;
                break;
            case JsonTokenType.Number:
                if (!reader.TryGetDouble(out var number) || !EpochUnits.TryToTicks(number, unit, out _ticks)) FailTime(ref reader, number > 0);
                _epoch = number;
                break;
            case JsonTokenType.String:
                ReadTimeText(ref reader);
                break;
            default:
                reader.Skip();
                Fail(RejectReason.BadTime, "'t' is an ISO 8601 text or a number of milliseconds since 1970.");
                return;
        }

        _dated = true;
        if (_fault is not null || allowOld == true) return;
        if (admission.IsFuture(_ticks, _nowTicks)) FailTime(ref reader, isFuture: true);
        else if (allowOld == false && EpochUnits.IsBefore2000(_ticks)) FailOld(ref reader);
    }

    private void ReadTimeText(ref Utf8JsonReader reader)
    {
        bool good;
        if (reader.ValueIsEscaped && reader.ValueSpan.Length <= TimeText.MaxLength)
        {
            Span<byte> unescaped = stackalloc byte[TimeText.MaxLength];
            good = TimeText.TryParse(unescaped[..reader.CopyString(unescaped)], _nowTicks, out _ticks);
        }
        else
        {
            good = TimeText.TryParse(reader.ValueSpan, _nowTicks, out _ticks);
        }

        if (!good) FailTime(ref reader, isFuture: false);
    }

    private void ReadValue(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String && admission.KeepsText && !Admission.IsNumber(reader.ValueSpan) && !JsonFaults.IsNotFiniteWord(reader.ValueSpan)) ReadState(ref reader);
        else _value = ReadNumber(ref reader, "value");
    }

    private void ReadState(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            Fail(RejectReason.BadValue, "'state' is a text.");
            return;
        }

        var start = (int)reader.TokenStartIndex;
        _text = start..(start + reader.ValueSpan.Length + 2);
        if (!admission.KeepsText) Fail(RejectReason.TextField, "Texts are left out (LiveDash:Ingest:KeepText).");
    }

    private double ReadNumber(ref Utf8JsonReader reader, string what)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            // TryGetDouble says true, with infinity, for 1e400.
            if (reader.TryGetDouble(out var number) && double.IsFinite(number))
            {
                if (Math.Abs(number) >= WideIntegers.Exact && what == "value") _wide = reader.TryGetDecimal(out var exact) && exact == decimal.Truncate(exact) && WideIntegers.IsWide((Int128)exact);
                return number;
            }

            Fail(RejectReason.NotFinite, "A number is beyond what a double can hold.");
            return double.NaN;
        }

        if (reader.TokenType == JsonTokenType.String && JsonFaults.IsNotFiniteWord(reader.ValueSpan))
        {
            Fail(RejectReason.NotFinite, "NaN and infinity are not kept: leave the point out.");
            return double.NaN;
        }

        reader.Skip();
        if (_wantDetail) Fail(RejectReason.BadValue, $"'{what}' is a number without quotes.");
        else Fail(RejectReason.BadValue, "");
        return double.NaN;
    }

    private void ReadLocation(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return;
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            Fail(RejectReason.BadValue, "'pt' is two numbers, [x, y].");
            return;
        }

        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var number = ReadNumber(ref reader, "pt");
            if (count == 0) _x = number;
            else _y = number;
            count++;
        }

        if (count != 2) Fail(RejectReason.BadValue, "'pt' is two numbers, [x, y].");
    }

    private void ReadId(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return;
            case JsonTokenType.String or JsonTokenType.Number when reader.ValueSpan.Length > admission.Limits.MaxNameBytes:
                Fail(RejectReason.BadName, $"'id' is longer than {admission.Limits.MaxNameBytes} bytes (LiveDash:Limits:MaxNameBytes).");
                return;
            case JsonTokenType.String:
                _id = reader.GetString();
                return;
            case JsonTokenType.Number:
                _id = Encoding.ASCII.GetString(reader.ValueSpan);
                return;
            default:
                reader.Skip();
                Fail(RejectReason.BadName, "'id' is a text or a number.");
                return;
        }
    }

    private void TryResolve(ReadOnlySpan<byte> json, out int series)
    {
        series = -1;
        if ((_seen & JsonField.Series) == 0)
        {
            Fail(RejectReason.MissingField, "The field 'series' is missing.");
            return;
        }

        // A location needs no value: it then counts as 0.
        if ((_seen & (JsonField.Value | JsonField.State)) == 0 && double.IsNaN(_x))
        {
            Fail(RejectReason.MissingField, "The field 'value' is missing.");
            return;
        }

        try
        {
            if (_text.End.Value > 0) ResolveState(json, out series);
            else if (cache.TryGet(json[_name], json[_tags], ref _last, out series)) return;
            else if (TryReadName(json, out var name, out var tags, out var fault) && admission.TryAdmitSeries(name, tags, out series, out fault)) cache.Add(json[_name], json[_tags], series);
            else _fault = fault;
        }
        catch (InvalidOperationException)
        {
            _fault = BadUtf8();
        }
    }

    private void ResolveState(ReadOnlySpan<byte> json, out int series)
    {
        if ((_seen & (JsonField.Value | JsonField.State)) == (JsonField.Value | JsonField.State)) Fail(RejectReason.BadJson, "A point has a value or a state, not both.");
        var text = JsonTags.ReadText(json[_text]);
        if (!states.TryGet(json[_name], json[_tags], out series))
        {
            if (!TryReadName(json, out var name, out var tags, out var bad) || !admission.TryAdmitStates(name, tags, text, out series, out bad))
            {
                _fault ??= bad;
                return;
            }

            states.Add(json[_name], json[_tags], series);
        }

        if (admission.TryNumber(series, text, out var state, out var fault)) _value = state;
        else _fault ??= fault;
    }

    private bool TryReadName(ReadOnlySpan<byte> json, out string name, out List<KeyValuePair<string, string>> tags, out Fault fault)
    {
        name = JsonTags.ReadText(json[(_name.Start.Value - 1)..(_name.End.Value + 1)]);
        return JsonTags.TryRead(json[_tags], _options, out tags, out fault);
    }

    private void FailTime(ref Utf8JsonReader reader, bool isFuture)
    {
        if (_fault is not null) return;
        if (!_wantDetail)
        {
            _fault = new(isFuture ? RejectReason.Future : RejectReason.BadTime, "");
            return;
        }

        var written = Encoding.ASCII.GetString(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, 40)]);
        _fault = isFuture
            ? admission.FutureFault(written)
            : new(RejectReason.BadTime, $"The time '{written}' is not ISO 8601 nor milliseconds since 1970, within the years 1 to 9999.");
    }

    private void FailOld(ref Utf8JsonReader reader)
    {
        var looks = EpochUnits.Guess(_epoch) is { } likely && likely != unit ? $"; it looks like {EpochUnits.Name(likely)} (timeFormat={likely.ToString().ToLowerInvariant()})" : "";
        var written = _wantDetail ? Encoding.UTF8.GetString(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, 40)]) : "";
        _fault = new(RejectReason.Before2000, $"The time {written} is {TimeText.Format(_ticks)}, before 2000{looks}; allowOld=true takes such times.");
    }

    private void FailUnknown(ref Utf8JsonReader reader)
    {
        if (_fault is not null) return;
        var name = _wantDetail ? reader.GetString()! : "";
        if (name.Length > 40) name = name[..40] + "...";
        _fault = new(RejectReason.UnknownField, $"The field '{name}' is not known: a point has series, tags, t, value or state, pt and id.");
    }

    // The first fault is the one that is told.
    private void Fail(RejectReason reason, string detail) => _fault ??= new(reason, detail);
}
