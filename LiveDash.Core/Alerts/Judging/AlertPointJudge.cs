using LiveDash.Core.Engine;
using LiveDash.Core.Rules;
using LiveDash.Core.Storage;
using LiveDash.Core.Windows;

namespace LiveDash.Core.Alerts.Judging;

/// <summary>Judges the points of one shard by the rules in force.</summary>
internal sealed class AlertPointJudge(JudgeParts parts, TimeProvider time, int shard, int shards, IWindowSource windows) : IPointJudge
{
    private readonly AlertJudge _judge = new(parts, shard, shards, windows);

    /// <inheritdoc/>
    public ISeriesJudge? Watch(int series, long nowTicks) => _judge.Watch(series, nowTicks);

    /// <inheritdoc/>
    public void OnTick(long nowTicks) => _judge.OnTick(nowTicks);

    /// <summary>Brings up to date what rules of other shards want to know; to be called on the shard's loop.</summary>
    public void RefreshJoined() => _judge.RefreshJoined(time.GetUtcNow().UtcTicks);

    /// <summary>Swaps the rules; to be called on the shard's loop.</summary>
    public void Configure(RuleSet rules) => _judge.Configure(rules, time.GetUtcNow().UtcTicks);

    /// <summary>Tells how far stored points reach; to be called on the shard's loop, before the first rules.</summary>
    public void TellNewest(IReadOnlyList<SeriesStats> stats) => _judge.TellNewest(stats, time.GetUtcNow().UtcTicks);

    /// <summary>Tells the log how far clocks have run; to be called on the shard's loop.</summary>
    public void Remember(bool isAll) => _judge.Remember(time.GetUtcNow().UtcTicks, isAll);
}
