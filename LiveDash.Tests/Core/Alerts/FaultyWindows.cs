using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Tests.Core.Alerts;

/// <summary>Gives no window of two points, so that whatever is asked of one fails. Not thread-safe.</summary>
internal sealed class FaultyWindows : IWindowSource
{
    private readonly List<SlidingWindow> _windows = [];

    public SlidingWindow Acquire(int series, WindowSpec spec, IReadOnlyList<AggregateSpec> needs)
    {
        if (spec.Points == 2) return null!;
        var window = SlidingWindow.Create(spec, WindowOptions.Default);
        _windows.Add(window);
        return window;
    }

    public void Release(int series, WindowSpec spec)
    {
        // Goes with the test.
    }

    public void Add(double at, double value)
    {
        foreach (var window in _windows) window.Add(JudgeHarness.At(at), value);
    }
}
