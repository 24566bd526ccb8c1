using LiveDash.Core.Engine;
using LiveDash.Core.Windows;

namespace LiveDash.Benchmarks;

/// <summary>A rule of the plainest kind on every series: the mean within two deviations, and the range, looked at after each point.</summary>
internal sealed class ThresholdJudges(WindowSpec spec, int series, int shards, bool judged) : IPointJudgeFactory
{
    public IPointJudge Create(int shard, IWindowSource windows)
    {
        var judge = new Judge(judged, new SlidingWindow[(series / shards) + 1], shards);
        for (var i = shard; i < series; i += shards) judge.Windows[i / shards] = windows.Acquire(i, spec, []);
        return judge;
    }

    private sealed class Judge(bool judged, SlidingWindow[] windows, int shards) : IPointJudge
    {
        public SlidingWindow[] Windows { get; } = windows;

        public long Fired { get; private set; }

        public bool Watches(int series) => judged;

        public void OnPoint(int series, long ticks, double value, long nowTicks)
        {
            var now = Windows[series / shards].Basics();
            if (now.Mean > 900 || now.Std > 800 || now.Min < 0 || now.Max > 1020) Fired++;
        }

        public void OnTick(long nowTicks)
        {
        }
    }
}
