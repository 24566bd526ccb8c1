namespace LiveDash.Core.Ingestion.Decoding.Statsd;

/// <summary>What one StatsD metric gathered in the running interval. Guarded by its aggregator's lock.</summary>
internal sealed class StatsdMetric(StatsdType type, int[] series)
{
    /// <summary>The most values of a timer whose percentiles are exact; past it they are of a fair sample of so many.</summary>
    public const int MaxSamples = 10_000;

    /// <summary>The most different values of a set; more are not counted.</summary>
    public const int MaxSetValues = 50_000;

    private readonly List<double> _samples = [];
    private readonly HashSet<ulong> _values = [];
    private double _sum;
    private double _squares;
    private double _count;
    private long _seen;
    private double _min;
    private double _max;

    /// <summary>What it is.</summary>
    public StatsdType Type { get; } = type;

    /// <summary>The series that it writes, for a timer one for each of <see cref="StatsdAggregator.TimerParts"/>.</summary>
    public int[] Series { get; } = series;

    /// <summary>True when the running interval saw it.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>Adds a value.</summary>
    public void Add(double value, double rate, bool signed)
    {
        switch (Type)
        {
            case StatsdType.Counter:
                _sum += value / rate;
                break;
            case StatsdType.Gauge:
                _sum = signed ? _sum + value : value;
                break;
            default:
                AddSample(value, rate);
                break;
        }

        IsChanged = true;
    }

    /// <summary>Adds a value of a set, by its hash.</summary>
    public void AddToSet(ulong hash)
    {
        if (_values.Count < MaxSetValues) _values.Add(hash);
        IsChanged = true;
    }

    /// <summary>Writes the interval's points and begins the next; a gauge keeps its value, since + and - add to it.</summary>
    public void Flush(long ticks, IngestSession session)
    {
        switch (Type)
        {
            case StatsdType.Counter:
                session.Add(Series[0], ticks, _sum);
                _sum = 0;
                break;
            case StatsdType.Gauge:
                session.Add(Series[0], ticks, _sum);
                break;
            case StatsdType.Set:
                session.Add(Series[0], ticks, _values.Count);
                _values.Clear();
                break;
            default:
                FlushTimer(ticks, session);
                break;
        }

        IsChanged = false;
    }

    private void AddSample(double value, double rate)
    {
        if (_seen == 0) (_min, _max) = (value, value);
        _seen++;
        _count += 1 / rate;
        _sum += value;
        _squares += value * value;
        _min = Math.Min(_min, value);
        _max = Math.Max(_max, value);
        if (_samples.Count < MaxSamples)
        {
            _samples.Add(value);
            return;
        }

        // Vitter's algorithm R: each value stays with the same chance.
        var place = Random.Shared.NextInt64(_seen);
        if (place < MaxSamples) _samples[(int)place] = value;
    }

    private void FlushTimer(long ticks, IngestSession session)
    {
        _samples.Sort();
        var mean = _sum / _seen;
        ReadOnlySpan<double> parts =
        [
            _count, mean, _min, _max, _sum * _count / _seen, Math.Sqrt(Math.Max(0, _squares / _seen - mean * mean)),
            Percentile(0.5), Percentile(0.9), Percentile(0.95), Percentile(0.99),
        ];
        for (var i = 0; i < parts.Length; i++) session.Add(Series[i], ticks, parts[i]);
        _samples.Clear();
        (_sum, _squares, _count, _seen) = (0, 0, 0, 0);
    }

    // Nearest rank, as StatsD's own percentiles are.
    private double Percentile(double share) => _samples[Math.Max(0, (int)Math.Ceiling(share * _samples.Count) - 1)];
}
