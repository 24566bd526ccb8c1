using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Embedded;

/// <summary>
/// A detector of its own: it sees every point as it passes, and keeps how far the newest lies from an exponential mean, in mean distances, as a series: rules, charts and alerts take it from there. Called by the
/// pipeline, one batch at a time.
/// </summary>
public sealed class StepDetector(IServiceProvider services, SeriesCatalog catalog, Admission admission, SourceRegistry sources) : IPointConsumer
{
    /// <summary>The name of the series of scores.</summary>
    public const string Series = "sample.heap_step";

    private const double Weight = 0.05;

    // The pipeline calls its consumers, so it is there only later.
    private readonly Lazy<IngestPipeline> _pipeline = new(services.GetRequiredService<IngestPipeline>);

    // As many as there are processes of the sample: one.
    private readonly Dictionary<int, (double Mean, double Distance)> _states = [];

    /// <inheritdoc/>
    public ValueTask PostAsync(PointBatch batch, CancellationToken cancellationToken)
    {
        PointBatch? scores = null;
        for (var i = 0; i < batch.Count; i++)
        {
            var key = catalog[batch.Series[i]];
            if (key.Name != HeapSource.Series || !admission.TryAdmitSeries(Series, [.. key.Tags], out var series, out _)) continue;
            scores ??= PointBatch.Rent();
            scores.ReceivedAt = batch.ReceivedAt;
            scores.Add(series, batch.Times[i], Score(batch.Series[i], batch.Values[i]));
        }

        if (scores is null) return ValueTask.CompletedTask;
        var account = sources.Get("sample", "detector");
        if (!_pipeline.Value.TrySubmit(account, scores, out _))
        {
            account.DropAtDoor(DropReason.QueueFull, scores.Count, scores.ReceivedAt);
            scores.Release();
        }

        return ValueTask.CompletedTask;
    }

    private double Score(int series, double value)
    {
        if (!_states.TryGetValue(series, out var state)) state = (value, 0);
        var off = value - state.Mean;
        var score = state.Distance == 0 ? 0 : off / state.Distance;
        _states[series] = (state.Mean + (Weight * off), state.Distance + (Weight * (Math.Abs(off) - state.Distance)));
        return score;
    }
}
