using System.Text;
using System.Text.Unicode;

namespace LiveDash.Core.Ingestion.Decoding.Statsd;

/// <summary>
/// Gathers what StatsD senders say and writes it as points once an interval: a counter's sum and a gauge's last value under the name as sent, a timer as <c>name.count</c>, <c>.mean</c>,
/// <c>.min</c>, <c>.max</c>, <c>.sum</c>, <c>.std</c>, <c>.p50</c>, <c>.p90</c>, <c>.p95</c>, <c>.p99</c>, a set as the number of different values. What an interval did not hear of is not written. Counts and sums are scaled up
/// by the sample rate. Thread-safe. Bounded by <see cref="Model.Limits.MaxSeries"/>: each metric has a series of its own.
/// </summary>
public sealed class StatsdAggregator
{
    /// <summary>What follows a timer's name.</summary>
    internal static readonly string[] TimerParts = [".count", ".mean", ".min", ".max", ".sum", ".std", ".p50", ".p90", ".p95", ".p99"];

    private readonly Admission _admission;
    private readonly Lock _gate = new();
    private readonly SeriesByteCache[] _known;
    private readonly Dictionary<(string Name, string Tags, StatsdType Type), int> _slots = [];
    private readonly List<StatsdMetric> _metrics = [];

    internal StatsdAggregator(Admission admission)
    {
        _admission = admission;
        _known = [.. Enum.GetValues<StatsdType>().Select(_ => new SeriesByteCache(Math.Max(1024, admission.Limits.MaxSeries)))];
    }

    /// <summary>Writes the interval that ends now into a session.</summary>
    internal void Flush(long nowTicks, IngestSession session)
    {
        lock (_gate)
        {
            for (var i = 0; i < _metrics.Count; i++)
            {
                if (_metrics[i].IsChanged) _metrics[i].Flush(nowTicks, session);
            }
        }
    }

    /// <summary>Finds or makes the place of a metric; the fault that refuses it, or null.</summary>
    internal Fault? Find(ReadOnlySpan<byte> name, ReadOnlySpan<byte> tags, StatsdType type, out int slot)
    {
        if (_known[(int)type].TryGet(name, tags, out slot)) return null;
        if (!Utf8.IsValid(name) || !Utf8.IsValid(tags)) return new(RejectReason.BadUtf8, "The line is not valid UTF-8.");
        if (Admit(Encoding.UTF8.GetString(name), Encoding.UTF8.GetString(tags), type, out slot) is { } fault) return fault;
        _known[(int)type].Add(name, tags, slot);
        return null;
    }

    /// <summary>The series of a counter or gauge.</summary>
    internal int SeriesOf(int slot)
    {
        lock (_gate) return _metrics[slot].Series[0];
    }

    /// <summary>Adds a value.</summary>
    internal void Add(int slot, double value, double rate, bool signed)
    {
        lock (_gate) _metrics[slot].Add(value, rate, signed);
    }

    /// <summary>Adds a value of a set.</summary>
    internal void AddToSet(int slot, ReadOnlySpan<byte> value)
    {
        // FNV-1a (draft-eastlake-fnv): two values of one set are taken for one at a chance of 1 in 2^64 a pair.
        var hash = 14695981039346656037UL;
        foreach (var b in value) hash = (hash ^ b) * 1099511628211UL;
        lock (_gate) _metrics[slot].AddToSet(hash);
    }

    private Fault? Admit(string name, string tags, StatsdType type, out int slot)
    {
        lock (_gate)
        {
            if (_slots.TryGetValue((name, tags, type), out slot)) return null;
            var parsed = Tags(tags);
            var suffixes = type == StatsdType.Timer ? TimerParts : [""];
            var series = new int[suffixes.Length];
            for (var i = 0; i < suffixes.Length; i++)
            {
                if (!_admission.TryAdmitSeries(name + suffixes[i], parsed, out series[i], out var fault)) return fault;
            }

            slot = _metrics.Count;
            _metrics.Add(new StatsdMetric(type, series));
            _slots.Add((name, tags, type), slot);
            return null;
        }
    }

    // The last of two equal tags counts, as it does at DogStatsD; one without a value says true.
    private static List<KeyValuePair<string, string>> Tags(string text)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = tag.IndexOf(':', StringComparison.Ordinal);
            var (key, value) = colon < 0 ? (tag, "true") : (tag[..colon], tag[(colon + 1)..]);
            if (key.Length > 0) tags[key] = value.Length == 0 ? "true" : value;
        }

        return [.. tags];
    }
}
