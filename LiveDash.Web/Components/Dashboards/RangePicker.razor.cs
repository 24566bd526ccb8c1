using System.Globalization;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>Chooses how far back a page looks: live, or a past range out of the store.</summary>
public sealed partial class RangePicker : ComponentBase
{
    private static readonly int[] s_quick = [1, 6, 24, 168];
    private bool _open;
    private DateTime? _from;
    private DateTime? _to;
    private string? _error;

    /// <summary>What is shown now.</summary>
    [Parameter, EditorRequired]
    public required ViewRange Range { get; set; }

    /// <summary>Another was chosen.</summary>
    [Parameter, EditorRequired]
    public EventCallback<ViewRange> OnChanged { get; set; }

    /// <summary>True where there is no past to look at.</summary>
    [Parameter]
    public bool LiveOnly { get; set; }

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    private static string Text(TimeSpan span) => span.TotalHours >= 1 ? $"{span.TotalHours:0} h" : $"{span.TotalMinutes:0} min";

    private async Task OpenAsync()
    {
        var now = Clock.GetUtcNow();
        var (from, to) = Range.Past is { } past
            ? (new DateTimeOffset(past.From, TimeSpan.Zero), new DateTimeOffset(past.To, TimeSpan.Zero))
            : (now - Range.Span, now);
        _from = await LocalAsync(from);
        _to = await LocalAsync(to);
        _error = null;
        _open = true;
    }

    private Task ChooseAsync(TimeSpan span)
    {
        _open = false;
        var now = Clock.GetUtcNow();
        return OnChanged.InvokeAsync(ViewRange.Between(now - span, now)!);
    }

    private async Task SaveAsync()
    {
        _error = _from is null || _to is null ? "Both times are needed." : null;
        if (_error is not null) return;
        var range = ViewRange.Between(await UtcAsync(_from!.Value), await UtcAsync(_to!.Value));
        if (range is null)
        {
            _error = "The end must be after the beginning.";
            return;
        }

        _open = false;
        await OnChanged.InvokeAsync(range);
    }

    // Only the browser knows its time zone, and the day's offset with it.
    private async Task<DateTime> LocalAsync(DateTimeOffset time) =>
        DateTime.Parse(await Script.InvokeAsync<string>("liveDash.toLocal", time.ToString("O", CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);

    private async Task<DateTimeOffset> UtcAsync(DateTime local) =>
        DateTimeOffset.Parse(await Script.InvokeAsync<string>("liveDash.toUtc", local.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
}
