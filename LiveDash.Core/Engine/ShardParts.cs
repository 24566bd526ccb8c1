using LiveDash.Core.Detection;
using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Engine;

/// <summary>What the shards of one engine share.</summary>
internal sealed record ShardParts(
    EngineOptions Options, int Shards, HistoryReader History, IPointJudgeFactory? Judges, ILogger Logger,
    ISeriesLateness? Lateness, ChangeListeners AnyPoint, ChangeListeners NewSeries, LocalClock Clock, Func<int, string> UnitOf);
