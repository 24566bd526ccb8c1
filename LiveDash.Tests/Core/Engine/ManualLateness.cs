using LiveDash.Core.Engine;

namespace LiveDash.Tests.Core.Engine;

/// <summary>One lateness for all series, changed by the test.</summary>
internal sealed class ManualLateness(TimeSpan lateness) : ISeriesLateness
{
    private TimeSpan _lateness = lateness;

    public event Action? Changed;

    public TimeSpan Of(int series) => _lateness;

    public void Set(TimeSpan next)
    {
        _lateness = next;
        Changed?.Invoke();
    }
}
