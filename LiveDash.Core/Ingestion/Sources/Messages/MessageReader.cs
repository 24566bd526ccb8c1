using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using LiveDash.Core.Ingestion.Decoding;
using LiveDash.Core.Ingestion.Sources.Setups;

namespace LiveDash.Core.Ingestion.Sources.Messages;

/// <summary>Turns one message of a broker into points. Not thread-safe.</summary>
/// <param name="parts">What every source needs.</param>
/// <param name="values">Its settings.</param>
/// <param name="wordsAreStates">Whether a message that is one word is a state, as devices of MQTT send them; else it is told apart as nothing that can be taken.</param>
internal sealed class MessageReader(SourceParts parts, SourceValues values, bool wordsAreStates = false)
{
    // A topic is meant for every value of its message; MQTT lets one be of 64 KiB.
    private const int MaxTopic = 2_048;

    private readonly string _format = values.Text("format");
    private readonly string _series = values.Text("series");
    private readonly string _time = values.Text("time");
    private readonly IReadOnlyList<KeyValuePair<string, string>> _tags = values.Pairs("tags");
    private readonly IReadOnlyList<KeyValuePair<string, string>> _paths = values.Pairs("paths");
    // Bounded by the number of series, and begun anew past it.
    private readonly Dictionary<(string Topic, string Path, bool IsState), int> _known = [];

    /// <summary>Reads one message into a session; the words of what is wrong where nothing of it could be taken, else null.</summary>
    public async ValueTask<string?> ReadAsync(ReadOnlyMemory<byte> payload, string topic, IngestSession session, CancellationToken cancellationToken)
    {
        var (refused, taken) = (session.Rejected, session.Taken);
        var now = session.Now;
        if (topic.Length > MaxTopic)
        {
            session.Reject(1, RejectReason.BadName, $"The topic is longer than {MaxTopic:N0} characters.");
            return session.LastError!.Value.Detail;
        }

        switch (_format == "auto" ? FormatOf(payload.Span) : _format)
        {
            case "number":
                ReadNumber(payload.Span, topic, now, session);
                break;
            case "text":
                ReadText(payload.Span, topic, now, session);
                break;
            case "json":
                ReadJson(payload, topic, now, session);
                break;
            case "influx":
                await DecodeAsync(parts.Decoders.Influx(InfluxPrecision.Nanoseconds), payload, session, cancellationToken).ConfigureAwait(false);
                break;
            default:
                await DecodeAsync(parts.Decoders.Json(), payload, session, cancellationToken).ConfigureAwait(false);
                break;
        }

        if (session.Taken > taken) return null;
        return session.Rejected > refused ? session.LastError!.Value.Detail : "It holds no point.";
    }

    private string FormatOf(ReadOnlySpan<byte> payload)
    {
        var text = payload.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty) return "number";
        if (text[0] is (byte)'{' or (byte)'[') return text.IndexOf("\"series\""u8) >= 0 ? "points" : "json";
        return TryNumber(payload, out _) ? "number" : wordsAreStates && parts.Admission.KeepsText && IsWord(text) ? "text" : "influx";
    }

    // Line protocol has a space and an equals sign at least.
    private bool IsWord(ReadOnlySpan<byte> text) => text.Length <= parts.Limits.MaxStateBytes && !text.ContainsAny(" =\r\n\t"u8);

    private static async ValueTask DecodeAsync(StreamDecoder decoder, ReadOnlyMemory<byte> payload, IngestSession session, CancellationToken cancellationToken)
    {
        var buffer = new ReadOnlySequence<byte>(payload);
        while (true)
        {
            buffer = buffer.Slice(decoder.Decode(buffer, isLast: true, session.Now, session));
            if (!session.IsFull) return;
            await session.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void ReadNumber(ReadOnlySpan<byte> payload, string topic, long now, IngestSession session)
    {
        if (!TryNumber(payload, out var value)) session.Reject(1, RejectReason.BadValue, "The message is not a number.");
        else Add(topic, "", now, value, session);
    }

    private void ReadText(ReadOnlySpan<byte> payload, string topic, long now, IngestSession session)
    {
        var text = payload.Trim(" \t\r\n\0"u8);
        if (Utf8.IsValid(text)) AddState(topic, "", now, Encoding.UTF8.GetString(text), session);
        else session.Reject(1, RejectReason.BadUtf8, "The message is not valid UTF-8.");
    }

    private static bool TryNumber(ReadOnlySpan<byte> payload, out double value)
    {
        var text = payload.Trim(" \t\r\n\0"u8);
        if (Utf8Parser.TryParse(text, out value, out var used) && used == text.Length && double.IsFinite(value)) return true;
        (value, var known) = text.Length > 5 ? (0, false) : Encoding.ASCII.GetString(text).ToLowerInvariant() switch
        {
            "true" or "on" => (1, true),
            "false" or "off" => (0, true),
            _ => (0, false),
        };
        return known;
    }

    private void ReadJson(ReadOnlyMemory<byte> payload, string topic, long now, IngestSession session)
    {
        try
        {
            using var document = JsonDocument.Parse(payload, new JsonDocumentOptions { MaxDepth = parts.Limits.MaxJsonDepth });
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Array)
            {
                foreach (var one in root.EnumerateArray()) ReadObject(one, topic, now, session);
            }
            else
            {
                ReadObject(root, topic, now, session);
            }
        }
        catch (JsonException)
        {
            session.Reject(1, RejectReason.BadJson, "The message is not JSON.");
        }
    }

    private void ReadObject(JsonElement root, string topic, long now, IngestSession session)
    {
        var ticks = now;
        if (_time.Length > 0 && (Find(root, _time) is not { } time || !TimeText.TryParse(time.ToString(), now, out ticks)))
        {
            session.Reject(1, RejectReason.BadTime, $"The member {_time} is no time.");
            return;
        }

        if (parts.Admission.IsFuture(ticks, now))
        {
            var fault = parts.Admission.FutureFault(TimeText.Format(ticks));
            session.Reject(1, fault.Reason, fault.Detail);
            return;
        }

        if (_paths.Count == 0)
        {
            Flatten(root, "", topic, ticks, session);
            return;
        }

        foreach (var (name, path) in _paths)
        {
            if (Find(root, path) is not { } member) session.Reject(1, RejectReason.MissingField, $"The message has no member {path}.");
            else if (NumberOf(member) is { } value) Add(topic, name, ticks, value, session);
            else if (member.ValueKind == JsonValueKind.String && parts.Admission.KeepsText) AddState(topic, name, ticks, member.GetString()!, session);
            else session.Reject(1, RejectReason.BadValue, $"The member {path} is not a number and not a text.");
        }
    }

    private void Flatten(JsonElement element, string path, string topic, long ticks, IngestSession session)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                if (path.Length > 0 || member.Name != _time) Flatten(member.Value, Joined(path, member.Name), topic, ticks, session);
            }
        }
        else if (element.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False && NumberOf(element) is { } value)
        {
            Add(topic, path, ticks, value, session);
        }
        else if (element.ValueKind == JsonValueKind.String && parts.Admission.KeepsText && element.GetString() is { Length: > 0 } text)
        {
            AddState(topic, path, ticks, text, session);
        }
    }

    // Of a path that no series may be called by only so much is kept as shows that: else each member of a long one costs its length.
    private string Joined(string path, string name) => NameRules.Cut(path.Length == 0 ? name : path.Length > parts.Limits.MaxNameBytes ? path : path + "." + name, parts.Limits);

    private static double? NumberOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number when element.TryGetDouble(out var number) && double.IsFinite(number) => number,
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        JsonValueKind.String when double.TryParse(element.GetString(), CultureInfo.InvariantCulture, out var text) && double.IsFinite(text) => text,
        _ => null,
    };

    private static JsonElement? Find(JsonElement root, string path)
    {
        foreach (var part in path.TrimStart('$', '.').Split('.'))
        {
            if (root.ValueKind == JsonValueKind.Array && int.TryParse(part, CultureInfo.InvariantCulture, out var index) && index >= 0 && index < root.GetArrayLength()) root = root[index];
            else if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(part, out root)) return null;
        }

        return root;
    }

    private void Add(string topic, string path, long ticks, double value, IngestSession session)
    {
        if (TryAdmit(topic, path, null, session, out var series)) session.Add(series, ticks, value);
    }

    private void AddState(string topic, string path, long ticks, string text, IngestSession session)
    {
        if (!TryAdmit(topic, path, text, session, out var series)) return;
        if (parts.Admission.TryNumber(series, text, out var state, out var fault)) session.AddState(series, ticks, state);
        else session.Reject(1, fault.Reason, fault.Detail);
    }

    private bool TryAdmit(string topic, string path, string? text, IngestSession session, out int series)
    {
        if (_known.TryGetValue((topic, path, text is not null), out series)) return true;
        var name = Expand(_series, topic);
        if (path.Length > 0) name = name.Length == 0 ? path : name + "." + path;
        var tags = _tags.Select(tag => KeyValuePair.Create(tag.Key, Expand(tag.Value, topic))).Where(static tag => tag.Value.Length > 0).ToList();
        var isAdmitted = text is null ? parts.Admission.TryAdmitSeries(name, tags, out series, out var fault) : parts.Admission.TryAdmitStates(name, tags, text, out series, out fault);
        if (!isAdmitted)
        {
            session.Reject(1, fault.Reason, fault.Detail);
            return false;
        }

        if (_known.Count >= parts.Limits.MaxSeries) _known.Clear();
        _known[(topic, path, text is not null)] = series;
        return true;
    }

    private static string Expand(string template, string topic)
    {
        if (!template.Contains('{', StringComparison.Ordinal)) return template;
        var topicParts = topic.Split('/', '.');
        var text = template.Replace("{topic}", string.Join('.', topicParts.Where(static part => part.Length > 0)), StringComparison.Ordinal);
        for (var i = 0; i < topicParts.Length && i < 10; i++) text = text.Replace($"{{{i}}}", topicParts[i], StringComparison.Ordinal);
        return text;
    }
}
