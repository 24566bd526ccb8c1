using LiveDash.Core.Diagnostics;

namespace LiveDash.Core.Ingestion.Sources.Setups;

/// <summary>How one source does. Thread-safe.</summary>
public sealed class SourceState
{
    private readonly Lock _gate = new();
    private string _phase = "stopped";
    private string? _detail;
    private long _failures;
    private BackgroundLoop? _loop;

    /// <summary><c>stopped</c>, <c>starting</c>, <c>running</c>, <c>failing</c> or <c>ended</c>; what it says about it; how often it failed since the start.</summary>
    public (string Phase, string? Detail, long Failures) Now
    {
        get { lock (_gate) return (_phase, _detail, _failures); }
    }

    /// <summary>Tells that it works.</summary>
    public void Works(string? detail = null)
    {
        Set("running", detail);
        _loop?.Recover();
    }

    /// <summary>Tells that it does not, and why.</summary>
    public void Fails(string why)
    {
        lock (_gate) _failures++;
        Set("failing", why);
        _loop?.Limp(why);
    }

    /// <summary>Its loop begins, for the first time or anew: one that failed goes on failing until it works.</summary>
    internal void Begins(BackgroundLoop loop)
    {
        lock (_gate)
        {
            _loop = loop;
            if (_phase != "failing") (_phase, _detail) = ("starting", null);
            else loop.Limp(_detail ?? "");
        }
    }

    /// <summary>Tells another phase.</summary>
    internal void Set(string phase, string? detail = null)
    {
        lock (_gate) (_phase, _detail) = (phase, detail);
    }
}
