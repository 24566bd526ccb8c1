using LiveDash.Core.Windows;

namespace LiveDash.Core.Engine;

/// <summary>Makes the judge of each shard. Register one to have points judged; without it the engine only summarises.</summary>
public interface IPointJudgeFactory
{
    /// <summary>Makes the judge of one shard; called once a shard, before its loop starts.</summary>
    /// <param name="shard">Which shard, from 0.</param>
    /// <param name="windows">The shard's windows, to be used by the judge on the shard's loop only.</param>
    IPointJudge Create(int shard, IWindowSource windows);
}
