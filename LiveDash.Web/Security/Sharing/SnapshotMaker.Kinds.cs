using LiveDash.Core.Accounts;
using LiveDash.Core.Accounts.Snapshots;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Engine;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;

namespace LiveDash.Web.Security.Sharing;

/// <content>Panels that show more than points: what is expected, and states over time.</content>
public sealed partial class SnapshotMaker
{
    /// <summary>Into how many parts the range of states is cut.</summary>
    public const int StateColumns = 300;

    private const int MaxStrips = 20;

    // As the panel draws it: so many horizons of the past before the one to come, and the fan through so many forecasts.
    private const int PastHorizons = 3;
    private const int Horizons = 4;
    private static readonly TimeSpan s_ahead = TimeSpan.FromHours(1);

    // A detector learns from the series' past first; who waits for a snapshot waits no longer than that.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private async Task<IReadOnlyList<SnapshotStrip>> StripsAsync(DashboardPanel panel, TimeRange range, CancellationToken cancellationToken)
    {
        var strips = await plots.StripsAsync(panel.Series, range, MaxStrips, StateColumns, cancellationToken) ?? throw new AccountRuleException(Busy);
        return [.. strips.Select(static strip => new SnapshotStrip(strip.Key.ToString(), [.. strip.Stretches.Select(static one => new SnapshotStretch(one.From, one.To, one.Text))]))];
    }

    private async Task<(SnapshotForecast? Expected, IReadOnlyList<byte[]> Pictures)> ExpectAsync(
        DashboardPanel panel, Func<Func<PlotSpec, Task<byte[]?>>, PlotKind, Task<IReadOnlyList<byte[]>>> drawAsync, CancellationToken cancellationToken)
    {
        var number = SeriesPattern.TryParse(panel.Series[0], out var pattern) ? catalog.Match(catalog.One(pattern!)).Order().Cast<int?>().FirstOrDefault() : null;
        if (number is not { } series) return (null, []);
        var (ahead, now) = (panel.Ahead ?? s_ahead, time.GetUtcNow().UtcTicks);
        var leases = Enumerable.Range(1, Horizons).Select(i => live.LeaseForecast(series, ahead * i / Horizons)).ToList();
        try
        {
            var (isReady, reach) = (await ReadyAsync(leases, cancellationToken), (string?)null);
            var all = leases.Select((lease, i) => (At: now + (ahead * (i + 1) / Horizons).Ticks, lease.Prediction)).Where(one => isReady && one.Prediction.IsKnownAt(now)).ToList();
            if (isReady && panel.Target is { } target) reach = (await leases[^1].TimeToAsync(target, cancellationToken)).ToString();
            IReadOnlyList<long> times = [.. all.Select(static one => one.At)];
            List<(SeriesKey, IReadOnlyList<long>, IReadOnlyList<double>)> lines = all.Count == 0 ? [] :
            [
                (new SeriesKey("expected"), times, [.. all.Select(static one => one.Prediction.Value)]), (new SeriesKey("95 % from"), times, [.. all.Select(static one => one.Prediction.Low)]), (new SeriesKey("95 % to"), times, [.. all.Select(static one => one.Prediction.High)]),
            ];
            var range = new TimeRange(now - (PastHorizons * ahead.Ticks), now + ahead.Ticks + 1);
            var pictures = await drawAsync(spec => plots.DrawOneAsync(spec, series, lines, range, cancellationToken), PlotKind.Line);
            var said = leases[^1].Prediction is var last && isReady && last.IsKnownAt(now) ? last : null;
            return (new SnapshotForecast(catalog[series].ToString(), now + ahead.Ticks, said?.Value, said?.Low, said?.High, panel.Target, reach), pictures);
        }
        finally
        {
            foreach (var lease in leases) lease.Dispose();
        }
    }

    private async Task<bool> ReadyAsync(List<DetectorLease> leases, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(s_patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            foreach (var lease in leases) await lease.WhenReadyAsync(both.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
