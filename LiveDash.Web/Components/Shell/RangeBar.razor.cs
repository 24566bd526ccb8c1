using LiveDash.Web.Components.Controls;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LiveDash.Web.Components.Shell;

/// <summary>The range of the open page in the app bar: step back, choose, step forward, and whether it is live. It writes <see cref="ViewTime"/>.</summary>
public sealed partial class RangeBar : ComponentBase, IDisposable
{
    [Inject]
    private ViewTime Time { get; set; } = default!;

    [Inject]
    private ViewZone Zone { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    private string Text => Time.Range.Past is { } past ? Zone.RangeText(past.From, past.To, Clock.GetUtcNow().UtcTicks) : RangeWords.Live(Time.Range.Span);

    /// <inheritdoc/>
    public void Dispose()
    {
        Time.Changed -= OnChanged;
        Zone.Changed -= OnChanged;
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Time.Changed += OnChanged;
        Zone.Changed += OnChanged;
    }

    private Task OpenAsync() => Dialogs.ShowAsync<RangeDialog>("From … to …", AppDialog.Options);

    private void OnChanged() => _ = InvokeAsync(StateHasChanged);
}
