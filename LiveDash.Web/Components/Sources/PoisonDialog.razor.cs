using LiveDash.Core.Accounts;
using LiveDash.Core.Ingestion.Sources.Messages;
using LiveDash.Core.Storage;
using LiveDash.Web.Security.Access;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LiveDash.Web.Components.Sources;

/// <summary>The messages of one source that were set aside: shown, read again with the settings of now, or forgotten.</summary>
public sealed partial class PoisonDialog : ComponentBase
{
    private static readonly DialogOptions s_options = new() { CloseOnEscapeKey = true, MaxWidth = MaxWidth.Medium, FullWidth = true };
    private IReadOnlyList<PoisonMessage> _messages = [];
    private string? _shown;
    private string? _said;
    private bool _failed;

    /// <summary>Whose; null while the dialog is closed.</summary>
    [Parameter, EditorRequired]
    public string? Source { get; set; }

    /// <summary>Called when it is closed.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }

    [Inject]
    private PoisonShelf Shelf { get; set; } = default!;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private PoisonDesk Desk { get; set; } = default!;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (Source == _shown) return;
        _shown = Source;
        _said = null;
        await LoadAsync();
    }

    private Task VisibleChangedAsync(bool visible) => visible ? Task.CompletedTask : OnClose.InvokeAsync();

    private async Task LoadAsync() => _messages = Source is null || Visitor.Refuses(AccountRole.Editor) ? [] : await Shelf.ListAsync(Source, CancellationToken.None);

    private Task RetryAsync(string id) => DoAsync(async () =>
    {
        var fault = await Desk.RetryAsync(Source!, id, CancellationToken.None);
        (_failed, _said) = (fault is not null, fault ?? "Its points are kept.");
    });

    private Task ForgetAsync(string? id) => DoAsync(async () =>
    {
        var gone = await Shelf.ForgetAsync(Source!, id, CancellationToken.None);
        (_failed, _said) = (false, gone == 1 ? "One message is forgotten." : $"{gone:N0} messages are forgotten.");
    });

    private async Task DoAsync(Func<Task> work)
    {
        if (Visitor.Refuses(AccountRole.Editor)) return;
        try
        {
            await work();
        }
        catch (Exception e) when (e is StoreFullException or StoreUnavailableException)
        {
            (_failed, _said) = (true, e.Message);
        }

        await LoadAsync();
    }
}
