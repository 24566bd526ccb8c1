using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LiveDash.Web.Components.Shell;

/// <summary>Asks for a past range, in the zone that everything is shown in.</summary>
public sealed partial class RangeDialog : ComponentBase
{
    private DateTime? _from;
    private DateTime? _to;
    private string? _error;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    [Inject]
    private ViewTime Time { get; set; } = default!;

    [Inject]
    private ViewZone Zone { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        var now = Clock.GetUtcNow().UtcTicks;
        var (from, to) = Time.Range.Past is { } past ? (past.From, past.To) : (now - Time.Range.Span.Ticks, now);
        _from = WholeSecond(Zone.Local(from));
        _to = WholeSecond(Zone.Local(to));
    }

    private static DateTime WholeSecond(DateTime time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    private void Save()
    {
        _error = _from is null || _to is null ? "Both times are needed." : null;
        if (_error is not null) return;
        if (ViewRange.Between(Zone.FromLocal(_from!.Value), Zone.FromLocal(_to!.Value)) is not { } range)
        {
            _error = "The end must be after the beginning.";
            return;
        }

        Dialog.Close();
        Time.Show(range);
    }
}
