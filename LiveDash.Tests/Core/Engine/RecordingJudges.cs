using LiveDash.Core.Engine;
using LiveDash.Core.Windows;

namespace LiveDash.Tests.Core.Engine;

/// <summary>A judge that writes down what it saw; holds a window of series 0 where a spec is given.</summary>
internal sealed class RecordingJudges : IPointJudgeFactory, IPointJudge, ISeriesJudge
{
    private SlidingWindow? _window;

    public WindowSpec? Spec { get; init; }

    public double FailOn { get; init; } = double.NaN;

    public List<double> Seen { get; } = [];

    public List<double> Sums { get; } = [];

    public List<long> Ticks { get; } = [];

    public IWindowSource? Windows { get; private set; }

    public IPointJudge Create(int shard, IWindowSource windows)
    {
        Windows = windows;
        if (Spec is not null) _window = windows.Acquire(0, Spec, []);
        return this;
    }

    public ISeriesJudge Watch(int series, long nowTicks) => this;

    public void OnPoint(long ticks, double value, long nowTicks)
    {
        if (value.Equals(FailOn)) throw new InvalidOperationException("told to fail");
        Seen.Add(value);
        if (_window is not null) Sums.Add(_window.Summarize().Sum);
    }

    public void OnTick(long nowTicks) => Ticks.Add(nowTicks);
}
