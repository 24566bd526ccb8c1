using LiveDash.Core.Model;

namespace LiveDash.Core.Ingestion.Sources;

/// <summary>
/// Takes what a sampler reads and makes points of it: gauges as they are, counters as rates per second since the sample before. A counter seen for the
/// first time, or one that went back (wrapped, reset, device replaced), gives no point. Its memory is that of the series it ever wrote. Not thread-safe.
/// </summary>
internal sealed class HostSample(Admission admission, SourceLedger ledger)
{
    private readonly Dictionary<(string Name, string? Tag, string? Value), int> _series = [];
    private readonly Dictionary<(string Name, string? Tag, string? Value), (long Ticks, double Counter)> _counters = [];
    private PointBatch? _batch;

    /// <summary>The moment of the sample, in UTC ticks.</summary>
    public long Now { get; private set; }

    /// <summary>Begins a sample.</summary>
    public void Begin(long nowTicks)
    {
        Now = nowTicks;
        _batch = PointBatch.Rent(256);
    }

    /// <summary>Ends it; the caller owns the batch.</summary>
    public PointBatch End()
    {
        var batch = _batch!;
        _batch = null;
        return batch;
    }

    /// <summary>A value as it is.</summary>
    public void Gauge(string name, double value, string? tag = null, string? tagValue = null)
    {
        if (!double.IsFinite(value)) return;
        var key = (name, tag, tagValue);
        if (!_series.TryGetValue(key, out var series))
        {
            series = Admit(name, tag, tagValue);
            _series.Add(key, series);
        }

        if (series >= 0) _batch!.Add(series, Now, value);
    }

    /// <summary>A counter that only grows, written as its growth per second times <paramref name="scale"/>.</summary>
    public void Rate(string name, double counter, string? tag = null, string? tagValue = null, double scale = 1)
    {
        var key = (name, tag, tagValue);
        var known = _counters.TryGetValue(key, out var last);
        if (known && Now <= last.Ticks) return;
        _counters[key] = (Now, counter);
        if (!known || counter < last.Counter) return;
        Gauge(name, (counter - last.Counter) * scale * TimeSpan.TicksPerSecond / (Now - last.Ticks), tag, tagValue);
    }

    private int Admit(string name, string? tag, string? tagValue)
    {
        List<KeyValuePair<string, string>> tags = tag is null ? [] : [new(tag, tagValue!)];
        if (admission.TryAdmitSeries(name, tags, out var series, out var fault)) return series;
        ledger.Reject(fault.Reason, 1, Now, $"{name}{{{tag}={tagValue}}}: {fault.Detail}");
        return -1;
    }
}
