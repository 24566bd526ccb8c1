using LiveDash.Core.Detection;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Core.Windows;

namespace LiveDash.Web.Api.Anomalies;

/// <summary>Runs a detector over one series' stored points and keeps the anomalous stretches. Memory does not grow with the points. Not thread-safe.</summary>
internal sealed class AnomalyScan(Sensitivity sensitivity, LocalClock clock, TimeRange told, string unit)
{
    /// <summary>At most so many stretches of a series are told; the others are counted.</summary>
    public const int MostStretches = 1_000;

    private readonly AnomalyDetector _detector = new(sensitivity, clock) { Unit = unit };
    private readonly List<AnomalyStretch> _stretches = [];
    private long _points;
    private long _began;
    private double _peak;
    private double _stretchPeak;
    private Evidence _evidence;
    private bool _isOpen;
    private int _more;

    /// <summary>Reads the series from its beginning, so that what is told does not depend on where the range begins, to the range's end.</summary>
    public async Task<AnomalyAnswer> RunAsync(string name, int series, IPointStore store, CancellationToken cancellationToken)
    {
        await foreach (var block in store.ScanAsync(new PointQuery { Series = [series], Range = new TimeRange(TimeRange.All.From, told.To) }, cancellationToken))
        {
            Take(block);
        }

        if (_isOpen) Close(null);
        var bar = _detector.Bar;
        return new(name, _points, bar > TimeSpan.Zero ? DurationText.Format(bar) : null,
            _detector.LearnsFor is { } left && left > TimeSpan.Zero ? DurationText.Format(left) : null,
            _detector.Score, _peak, _stretches, _more);
    }

    private void Take(PointBlock block)
    {
        var times = block.Times.Span;
        var values = block.Values.Span;
        for (var i = 0; i < times.Length; i++)
        {
            var score = _detector.Push(times[i], values[i]);
            _points++;
            if (times[i] < told.From) continue;
            _peak = Math.Max(_peak, score);
            if (score < AnomalyDetector.Anomalous)
            {
                if (_isOpen) Close(times[i]);
                continue;
            }

            if (!_isOpen) (_isOpen, _began, _stretchPeak) = (true, times[i], 0);
            if (score > _stretchPeak) (_stretchPeak, _evidence) = (score, _detector.Evidence);
        }
    }

    private void Close(long? end)
    {
        _isOpen = false;
        if (_stretches.Count == MostStretches)
        {
            _more++;
            return;
        }

        _stretches.Add(new(new DateTime(_began, DateTimeKind.Utc), end is { } ticks ? new DateTime(ticks, DateTimeKind.Utc) : null, _stretchPeak,
            _evidence.Kind.ToString().ToLowerInvariant(), EvidenceWords.Say(_detector, _evidence)));
    }
}
