using LiveDash.Core.Configuration;
using LiveDash.Core.Engine;
using LiveDash.Core.Live;
using LiveDash.Core.Model;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;
using LiveDash.Web.LiveView;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Panels.Stats;

/// <summary>A big number with its unit and a sparkline: one aggregate of one series over a window, live.</summary>
public sealed partial class StatPanel : LiveComponentBase
{
    private static readonly AggregateSpec s_last = AggregateSpec.Of(AggregateKind.Last);

    /// <summary>Which series: its name, or a pattern of which the first is taken.</summary>
    [Parameter, EditorRequired]
    public required string Series { get; set; }

    /// <summary>The window, as a text; null for the one the settings give the series.</summary>
    [Parameter]
    public string? Window { get; set; }

    /// <summary>The aggregate, as a text; null for the newest value.</summary>
    [Parameter]
    public string? Aggregate { get; set; }

    /// <summary>How far back the sparkline goes.</summary>
    [Parameter]
    public TimeSpan Span { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>True for a menu that makes a rule or a file of it; it stands in the head of a panel.</summary>
    [Parameter]
    public bool Menu { get; set; }

    /// <inheritdoc/>
    protected override string Kind => "stat";

    /// <inheritdoc/>
    protected override object Shown => (Series, Window, Aggregate, Span);

    /// <inheritdoc/>
    protected override object ScriptOptions => new { span = Span.TotalMilliseconds };

    [Inject]
    private WindowSettingsBook Settings { get; set; } = default!;

    /// <inheritdoc/>
    protected override void OnInitialized() => Settings.Changed += OnSettingsChanged;

    /// <inheritdoc/>
    protected override ValueTask OnDisposeAsync()
    {
        Settings.Changed -= OnSettingsChanged;
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override LivePanel CreatePanel(int columns)
    {
        var pattern = SeriesPattern.TryParse(Series, out var known) ? known! : throw new FormatException($"'{Series}' is not a series.");
        var aggregate = string.IsNullOrWhiteSpace(Aggregate) ? s_last : AggregateSpec.Parse(Aggregate);
        var own = string.IsNullOrWhiteSpace(Window) ? null : WindowSpec.Parse(Window);
        return new StatPanelFeed(
            Scope.Engine, Scope.Catalog, pattern, key => Choose(own, key), aggregate, Span, Math.Clamp(columns, 20, 400),
            (key, snapshot, value) => Say(key, snapshot, value, aggregate, Choose(own, key).Spec));
    }

    private static StatText Say(SeriesKey key, WindowSnapshot snapshot, double value, AggregateSpec aggregate, WindowSpec spec)
    {
        var unit = AggregateUnit.Of(aggregate, ValueFormat.UnitOf(key));
        var said = ValueFormat.Format(value, unit);
        var detail = aggregate == s_last ? "" : $"{aggregate} of {WindowText.Of(spec)}";
        if (snapshot.Summary.Count > 0 && aggregate == s_last)
        {
            var own = ValueFormat.UnitOf(key);
            detail = $"{ValueFormat.Format(snapshot.Summary.Min, own)} to {ValueFormat.Format(snapshot.Summary.Max, own)}, {WindowText.Of(spec)}";
        }

        return new StatText(said.Number, said.Unit, detail);
    }

    private (WindowSpec Spec, TimeSpan? Lateness) Choose(WindowSpec? own, SeriesKey key)
    {
        var choice = Settings.Plan.Choose(key);
        return (own ?? choice.Spec, choice.Lateness);
    }

    private void OnSettingsChanged() => _ = InvokeAsync(Replace);
}
