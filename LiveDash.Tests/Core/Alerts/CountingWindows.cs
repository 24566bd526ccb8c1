using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Tests.Core.Alerts;

/// <summary>Empty windows, counted. Not thread-safe.</summary>
internal sealed class CountingWindows : IWindowSource
{
    public int Acquired { get; private set; }

    public SlidingWindow Acquire(int series, WindowSpec spec, IReadOnlyList<AggregateSpec> needs)
    {
        Acquired++;
        return SlidingWindow.Create(spec, new WindowOptions { Needs = needs });
    }

    public void Release(int series, WindowSpec spec) => Acquired--;
}
