using LiveDash.Core.Engine;
using LiveDash.Core.Windows;

namespace LiveDash.Benchmarks;

/// <summary>
/// A rule of the plainest kind on every series: the mean within two deviations, and the range, looked at after each point. Of several windows the last is judged.
/// </summary>
internal sealed class ThresholdJudges(WindowSpec[] specs, int series, int shards, bool judged) : IPointJudgeFactory
{
    public IPointJudge Create(int shard, IWindowSource windows)
    {
        var judge = new Judge(new SeriesJudge?[(series / shards) + 1], shards);
        for (var i = shard; i < series; i += shards)
        {
            SlidingWindow? last = null;
            foreach (var spec in specs) last = windows.Acquire(i, spec, []);
            if (judged) judge.All[i / shards] = new SeriesJudge(last!);
        }

        return judge;
    }

    private sealed class Judge(SeriesJudge?[] all, int shards) : IPointJudge
    {
        public SeriesJudge?[] All => all;

        public ISeriesJudge? Watch(int series, long nowTicks) => all[series / shards];

        public void OnTick(long nowTicks)
        {
        }
    }

    private sealed class SeriesJudge(SlidingWindow window) : ISeriesJudge
    {
        public long Fired { get; private set; }

        public void OnPoint(long ticks, double value, long nowTicks)
        {
            var now = window.Basics();
            if (now.Mean > 900 || now.Std > 800 || now.Min < 0 || now.Max > 1020) Fired++;
        }
    }
}
