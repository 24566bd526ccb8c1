using LiveDash.Core.Accounts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Alerts.Preview;
using LiveDash.Core.Detection;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using LiveDash.Web.Security.Access;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Alerts;

/// <summary>The strangest moments of the past month of an anomaly rule's series, to say yes or no to; what is said is kept and moves the sensitivity.</summary>
public sealed partial class AnomalyMoments : ComponentBase, IDisposable
{
    private const int Count = 10;
    private static readonly TimeSpan s_month = TimeSpan.FromDays(30);
    private readonly CancellationTokenSource _closed = new();
    private IReadOnlyList<StrangeMoment>? _moments;
    private IReadOnlyList<Verdict> _verdicts = [];
    private string? _looked;
    private string? _error;
    private string _status = "";

    /// <summary>The rule's id.</summary>
    [Parameter, EditorRequired]
    public required string Rule { get; set; }

    /// <summary>The pattern of its series.</summary>
    [Parameter, EditorRequired]
    public required string Series { get; set; }

    /// <summary>Its sensitivity.</summary>
    [Parameter, EditorRequired]
    public required Sensitivity Sensitivity { get; set; }

    /// <summary>What was said asks for another sensitivity.</summary>
    [Parameter, EditorRequired]
    public EventCallback<Sensitivity> OnSensitivity { get; set; }

    [Inject]
    private StrangeMoments Moments { get; set; } = default!;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private VerdictBook Verdicts { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var wanted = $"{Rule}\n{Series}";
        if (wanted == _looked || !RendererInfo.IsInteractive || !SeriesPattern.TryParse(Series, out var pattern)) return;
        _looked = wanted;
        _moments = null;
        var now = Clock.GetUtcNow().UtcTicks;
        try
        {
            _verdicts = await Verdicts.ReadAsync(Rule, _closed.Token);
            // Off the circuit's thread: a month of points is looked through.
            var found = await Task.Run(() => Moments.FindAsync(pattern!, new TimeRange(now - s_month.Ticks, now), Count, _closed.Token), _closed.Token);
            if (wanted == _looked) _moments = found;
        }
        catch (OperationCanceledException)
        {
            // The page was closed.
        }
        catch (StoreUnavailableException exception)
        {
            _error = exception.Message;
        }
    }

    private bool? Said(StrangeMoment moment) => _verdicts.FirstOrDefault(one => one.Series == moment.Series && one.At == moment.At)?.IsStrange;

    private async Task SayAsync(StrangeMoment moment, bool isStrange)
    {
        if (Visitor.Refuses(AccountRole.Editor)) return;
        try
        {
            _verdicts = await Verdicts.KeepAsync(Rule, new Verdict(moment.Series, moment.At, moment.Score, isStrange), _closed.Token);
        }
        catch (Exception exception) when (exception is StoreFullException or StoreUnavailableException)
        {
            _status = exception.Message;
            return;
        }

        var best = SensitivityChoice.Best([.. _verdicts.Select(static one => (one.Score, one.IsStrange))], Sensitivity);
        _status = $"{_verdicts.Count(static one => one.IsStrange)} yes, {_verdicts.Count(static one => !one.IsStrange)} no: sensitivity {best.ToString().ToLowerInvariant()}.";
        if (best != Sensitivity) await OnSensitivity.InvokeAsync(best);
    }
}
