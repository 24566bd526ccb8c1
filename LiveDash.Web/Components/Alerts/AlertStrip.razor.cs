using LiveDash.Core.Alerts;
using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Alerts.Judging;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LiveDash.Web.Components.Alerts;

/// <summary>
/// The open alerts that need somebody, in one line of 32 px that is always there: the worst and how many more, or that all is quiet. It never moves what is
/// under it; all of them are in a drawer. What is dismissed is dismissed in this browser alone, for the episode. Its script keeps that,
/// counts in the page's title, and makes the sound and the notification where they were asked for.
/// </summary>
public sealed partial class AlertStrip : ComponentBase, IAsyncDisposable
{
    private const int MaxTold = 10_000;
    private readonly HashSet<string> _dismissed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    // A call of the script that a closed page never answers must not hold up the end of the circuit.
    private readonly CancellationTokenSource _closed = new();
    private DotNetObjectReference<AlertStrip>? _self;
    private IJSObjectReference? _module;
    private AlertWatch? _watch;
    private string _told = "";
    private int _shown;

    [Inject]
    private AlertBook Book { get; set; } = default!;

    [Inject]
    private RuleBook Rules { get; set; } = default!;

    [Inject]
    private RuleStates States { get; set; } = default!;

    [Inject]
    private AlertGlance Glance { get; set; } = default!;

    [Inject]
    private AlertDesk Desk { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    /// <summary>Another tab of this browser dismissed episodes; called by the script.</summary>
    [JSInvokable]
    public async Task Dismissed(string[] episodes)
    {
        _dismissed.Clear();
        _dismissed.UnionWith(episodes);
        await LookAsync();
    }

    private AlertStripRow? Worst => Glance.View.Worst;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Glance.Changed -= OnGlance;
        await _closed.CancelAsync();
        if (_watch is not null) await _watch.DisposeAsync();
        if (_module is not null)
        {
            try
            {
                await _module.InvokeVoidAsync("detach");
                await _module.DisposeAsync();
            }
            catch (JSDisconnectedException)
            {
                // The page is gone, and the script with it.
            }
        }

        _self?.Dispose();
        _closed.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => Glance.Changed += OnGlance;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        try
        {
            // Nothing is shown before it is known what was dismissed: it would only flash.
            _module = await Script.InvokeAsync<IJSObjectReference>("import", "./js/alerts.js");
            _self = DotNetObjectReference.Create(this);
            _dismissed.UnionWith(await _module.InvokeAsync<string[]?>("attach", _self) ?? []);
            foreach (var alert in Book.List()) _known.Add(alert.Episode ?? "");
            _watch = new AlertWatch(Book, Clock, () => InvokeAsync(LookAsync));
        }
        catch (JSDisconnectedException)
        {
            // The page was closed while it opened.
        }
    }

    // One alert is opened at the moment it fired; several are listed.
    internal static string Address(AlertStripRow row) => $"alerts?q={Uri.EscapeDataString(row.RuleName)}{(row.Count == 1 ? $"&episode={Uri.EscapeDataString(row.Episodes)}" : "")}";

    /// <summary>Hides a row in this browser, for its episodes.</summary>
    private async Task DismissAsync(AlertStripRow row)
    {
        var episodes = row.Episodes.Split(',');
        _dismissed.UnionWith(episodes);
        await TellAsync("dismiss", [episodes]);
        await LookAsync();
    }

    private async Task LookAsync()
    {
        var alerts = Book.List();
        var rules = Rules.Rules.Rules;
        var view = AlertStripView.Of(alerts, _dismissed, rules.Count(static rule => !rule.Config.Paused), rules.Sum(rule => States[rule.Id].Instances));
        var fresh = alerts.Where(a => a.IsOpen && !a.IsSilenced && a.Episode is { } episode && _known.Add(episode)).ToList();
        if (_known.Count > MaxTold) _known.IntersectWith(alerts.Select(static a => a.Episode ?? ""));
        if (fresh.Count > 0) _told = fresh.Count == 1 ? Sentence(fresh[0]) : $"{fresh.Count:N0} new alerts.";
        if (Glance.View != view) Glance.Show(view);
        else if (fresh.Count > 0) StateHasChanged();

        if (view.Open != _shown || fresh.Count > 0)
        {
            _shown = view.Open;
            var worst = fresh.MaxBy(static a => a.Severity);
            await TellAsync("show", view.Open, fresh.Select(static a => a.Episode).ToArray(), _told, worst is null ? "" : SeverityWords.Class(worst.Severity));
        }
    }

    private static string Sentence(Alert alert) =>
        $"{SeverityWords.Word(alert.Severity)}: {alert.Rule.Config.Name}, {alert.Series} at {AlertFigure.Value(alert)}.";

    private void OnGlance() => _ = InvokeAsync(StateHasChanged);

    private async Task TellAsync(string method, params object?[] arguments)
    {
        if (_module is null || _closed.IsCancellationRequested) return;
        try
        {
            await _module.InvokeVoidAsync(method, _closed.Token, arguments);
        }
        catch (Exception exception) when (exception is JSDisconnectedException or TaskCanceledException)
        {
            // The page is gone, or sleeps too deeply to answer.
        }
    }
}
