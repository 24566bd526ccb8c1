using System.Globalization;
using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Configuration;
using LiveDash.Core.Engine;
using LiveDash.Core.Live;
using LiveDash.Core.Model;
using LiveDash.Core.Rules;
using LiveDash.Core.Windows.Aggregates;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.SeriesList;

/// <summary>One series in full: its chart over the page's range, the statistics of its window twice a second, the rules that watch it.</summary>
public sealed partial class SeriesDetail : ComponentBase, IAsyncDisposable
{
    private const int MaxRules = 20;
    private static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(500);
    private static readonly string[] s_extra = ["p50", "p90", "p99"];
    private static readonly AggregateSpec[] s_needs = [.. s_extra.Select(AggregateSpec.Parse)];
    private readonly CancellationTokenSource _closed = new();
    private Task _watch = Task.CompletedTask;
    private WindowLease? _lease;
    private WindowChoice? _leased;
    private SeriesKey _key = default!;
    private string[] _names = [];
    private IReadOnlyList<RuleModel> _rules = [];
    private IReadOnlyList<(string Name, string Value)> _figures = [];
    private int _shown = -1;
    private long _version = -1;

    /// <summary>The series' number in the catalog.</summary>
    [Parameter, EditorRequired]
    public int Series { get; set; }

    /// <summary>Somebody wants it closed.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    [Inject]
    private SeriesCatalog Catalog { get; set; } = default!;

    [Inject]
    private WindowScope Scope { get; set; } = default!;

    [Inject]
    private WindowSettingsBook Windows { get; set; } = default!;

    [Inject]
    private RuleBook Rules { get; set; } = default!;

    [Inject]
    private ViewTime Time { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private bool IsState => Catalog.States.ContentOf(Series) == SeriesContent.States;

    private string Tags => _key.ToString()[_key.Name.Length..];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        await _watch;
        _lease?.Dispose();
        _closed.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_shown == Series) return;
        _shown = Series;
        _key = Catalog[Series];
        _names = [_key.ToString()];
        _rules = [.. Rules.Rules.Rules.Where(rule => rule.Watches(_key)).Take(MaxRules)];
        _leased = null;
        Look();
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _watch = WatchAsync();
    }

    private static DateTimeOffset Moment(long ticks) => new(ticks, TimeSpan.Zero);

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(s_period, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_closed.Token))
            {
                if (Look()) StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page was closed.
        }
    }

    private bool Look()
    {
        var wanted = Windows.Plan.Choose(_key);
        if (_leased != wanted)
        {
            _lease?.Dispose();
            _lease = Scope.Lease(Series, wanted.Spec, s_needs, wanted.Lateness);
            (_leased, _version) = (wanted, -1);
        }

        if (_lease?.Read() is not { } snapshot || snapshot.Version == _version) return false;
        _version = snapshot.Version;
        var unit = ValueFormat.UnitOf(_key);
        var summary = snapshot.Summary;
        // Of states only their number says something: the mean of running and stopped is no figure.
        _figures = snapshot.Version == 0 ? [] : IsState
            ? [("count", summary.Count.ToString("N0", CultureInfo.InvariantCulture)), ("last", SeriesValue.Text(Catalog, Series, summary.Last))] :
        [
            ("count", summary.Count.ToString("N0", CultureInfo.InvariantCulture)), ("last", Text(summary.Last, unit)), ("mean", Text(summary.Mean, unit)), ("std", Text(summary.Std, unit)),
            ("min", Text(summary.Min, unit)), ("max", Text(summary.Max, unit)), .. s_extra.Select((name, i) => (name, Text(snapshot.Extras[i], unit))),
            ("rate", Text(summary.Rate, ValueUnit.Number)), ("slope", Text(summary.Slope, ValueUnit.Number)),
        ];
        return true;
    }

    private static string Text(double value, ValueUnit unit) => ValueFormat.Format(value, unit).ToString();
}
