using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Rules;

namespace LiveDash.Core.Alerts.Judging;

/// <summary>Keeps what recording rules yield as points of series of their own, on an account of their own. Used by one loop alone.</summary>
internal sealed class DerivedSeries(IngestPipeline pipeline, Admission admission, SourceRegistry sources, TimeProvider time)
{
    /// <summary>Keeps an answer.</summary>
    /// <param name="rule">The recording rule.</param>
    /// <param name="result">What it yields.</param>
    /// <param name="ticks">The moment in UTC ticks.</param>
    public void Keep(RuleModel rule, QueryResult result, long ticks)
    {
        var ledger = sources.Get("rules", "recorded");
        var batch = PointBatch.Rent(Math.Max(16, result.Series.Count));
        batch.ReceivedAt = time.GetUtcNow().UtcTicks;
        ticks -= ticks % TimeSpan.TicksPerMillisecond;
        if (result.Kind == ValueKind.Scalar) Add(rule, LabelSet.Empty, result.Scalar);
        foreach (var one in result.Series) Add(rule, one.Labels, one.Values.Span[^1]);
        if (batch.Count == 0)
        {
            batch.Release();
            return;
        }

        if (pipeline.TrySubmit(ledger, batch, out _)) return;
        ledger.DropAtDoor(DropReason.QueueFull, batch.Count, batch.ReceivedAt, "The queue had no room.");
        batch.Release();

        void Add(RuleModel of, LabelSet labels, double value)
        {
            if (!double.IsFinite(value)) return;
            var tags = labels.Pairs.Where(pair => pair.Key != LabelNames.Name && !of.Config.Labels.ContainsKey(pair.Key))
                .Concat(of.Config.Labels.Where(static pair => pair.Value.Length > 0)).ToList();
            if (admission.TryAdmitSeries(of.Config.Record, tags, out var series, out var fault)) batch.Add(series, ticks, value);
            else ledger.Reject(fault.Reason, 1, batch.ReceivedAt, fault.Detail);
        }
    }
}
