using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using LiveDash.Core.Model;

namespace LiveDash.Core.Ingestion.Forwarding;

/// <summary>
/// Writes points, or what a stretch of time came to, as bodies of line protocol or NDJSON. A series is the measurement of its name with the field <c>value</c>, which LiveDash reads back as the same series; a state goes on as its text; aggregates are
/// the fields (of NDJSON: the names) <c>mean</c>, <c>min</c>, <c>max</c>, <c>count</c>, <c>last</c>. Used by one loop.
/// </summary>
internal sealed class ForwardWriter(SeriesCatalog catalog, SeriesPattern? pattern, bool isJson)
{
    /// <summary>How many points go into one body.</summary>
    public const int MaxPoints = 5_000;

    private readonly ArrayBufferWriter<byte> _body = new(64 * 1024);
    // By series; bounded by their number.
    private readonly Dictionary<int, string?> _heads = [];
    private readonly Dictionary<int, (long Count, double Sum, double Min, double Max, double Last)> _sums = [];

    private readonly Dictionary<int, StateWords?> _words = [];

    /// <summary>Points in the body so far.</summary>
    public int Points { get; private set; }

    /// <summary>The body; begun anew by <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Body => _body.WrittenSpan;

    /// <summary>Begins the next body.</summary>
    public void Clear()
    {
        _body.ResetWrittenCount();
        Points = 0;
    }

    /// <summary>Whether a series goes this way.</summary>
    public bool Takes(int series) => HeadOf(series) is not null;

    /// <summary>Writes one point.</summary>
    public void Add(int series, long ticks, double value, double x, double y)
    {
        if (HeadOf(series) is not { } head) return;
        if (isJson)
        {
            var written = StateOf(series, value) is { } state ? JsonSerializer.Serialize(state) : value.ToString("R", CultureInfo.InvariantCulture);
            Text($"{head}\"t\":\"{TimeText.Format(ticks)}\",\"value\":{written}");
            if (!double.IsNaN(x)) Text($",\"pt\":[{x:R},{y:R}]");
            Text("}\n");
        }
        else
        {
            var written = StateOf(series, value) is { } state ? Quote(state) : value.ToString("R", CultureInfo.InvariantCulture);
            Text($"{head} value={written} {(ticks - DateTime.UnixEpoch.Ticks) * 100}\n");
        }

        Points++;
    }

    /// <summary>Adds a point to what its stretch of time comes to.</summary>
    public void Sum(int series, double value)
    {
        // A mean of states is no figure.
        if (!Takes(series) || StateOf(series, value) is not null) return;
        _sums[series] = _sums.TryGetValue(series, out var sum)
            ? (sum.Count + 1, sum.Sum + value, Math.Min(sum.Min, value), Math.Max(sum.Max, value), value)
            : (1, value, value, value, value);
    }

    /// <summary>Writes what the stretch of time that ends now came to, and begins the next.</summary>
    public void AddSums(long ticks)
    {
        foreach (var (series, (count, sum, min, max, last)) in _sums)
        {
            if (!isJson)
            {
                Text($"{HeadOf(series)} mean={sum / count:R},min={min:R},max={max:R},count={count}i,last={last:R} {(ticks - DateTime.UnixEpoch.Ticks) * 100}\n");
                Points++;
                continue;
            }

            var key = catalog[series];
            foreach (var (name, value) in new[] { ("mean", sum / count), ("min", min), ("max", max), ("count", count), ("last", last) })
            {
                Text($"{JsonHead(key.Name + "." + name, key)}\"t\":\"{TimeText.Format(ticks)}\",\"value\":{value:R}}}\n");
                Points++;
            }
        }

        _sums.Clear();
    }

    private string? StateOf(int series, double value)
    {
        if (!_words.TryGetValue(series, out var words)) _words.Add(series, words = catalog.States.ContentOf(series) == SeriesContent.States ? catalog.States.WordsOf(catalog[series]) : null);
        return words?.TextOf(value);
    }

    private static string Quote(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    private string? HeadOf(int series)
    {
        if (_heads.TryGetValue(series, out var head)) return head;
        var key = catalog[series];
        head = pattern?.Matches(key) == false ? null : isJson ? JsonHead(key.Name, key) : LineHead(key);
        _heads.Add(series, head);
        return head;
    }

    private static string JsonHead(string name, SeriesKey key)
    {
        var text = new StringBuilder("{\"series\":").Append(JsonSerializer.Serialize(name)).Append(',');
        if (key.Tags.Count > 0) text.Append("\"tags\":").Append(JsonSerializer.Serialize(key.Tags.ToDictionary(static tag => tag.Key, static tag => tag.Value))).Append(',');
        return text.ToString();
    }

    private static string LineHead(SeriesKey key)
    {
        var text = new StringBuilder(Escape(key.Name, isName: true));
        foreach (var (tag, value) in key.Tags) text.Append(',').Append(Escape(tag, isName: false)).Append('=').Append(Escape(value, isName: false));
        return text.ToString();
    }

    private static string Escape(string text, bool isName)
    {
        text = text.Replace(",", "\\,", StringComparison.Ordinal).Replace(" ", "\\ ", StringComparison.Ordinal);
        return isName ? text : text.Replace("=", "\\=", StringComparison.Ordinal);
    }

    private void Text(FormattableString text) => Text(text.ToString(CultureInfo.InvariantCulture));

    private void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Encoding.UTF8.GetBytes(text, _body.GetSpan(length));
        _body.Advance(length);
    }
}
