using LiveDash.Core.Engine;
using LiveDash.Core.Windows;

namespace LiveDash.Tests.Core.Engine;

/// <summary>A judge that asks for a window of a series when it first hears of it, and judges nothing.</summary>
internal sealed class AskingJudges : IPointJudgeFactory, IPointJudge
{
    private readonly HashSet<int> _asked = [];
    private IWindowSource? _windows;

    public IPointJudge Create(int shard, IWindowSource windows)
    {
        _windows = windows;
        return this;
    }

    public ISeriesJudge? Watch(int series, long nowTicks)
    {
        if (_asked.Add(series)) _windows!.Acquire(series, WindowSpec.Last(10), []);
        return null;
    }

    public void OnTick(long nowTicks)
    {
    }
}
