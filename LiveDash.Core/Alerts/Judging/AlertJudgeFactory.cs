using LiveDash.Core.Engine;
using LiveDash.Core.Windows;

namespace LiveDash.Core.Alerts.Judging;

/// <summary>Makes a judge of alerts for each shard.</summary>
internal sealed class AlertJudgeFactory(JudgeParts parts, EngineOptions options, TimeProvider time) : IPointJudgeFactory
{
    /// <inheritdoc/>
    public IPointJudge Create(int shard, IWindowSource windows) => new AlertPointJudge(parts, time, shard, options.EffectiveShards, windows);
}
