using LiveDash.Core.Accounts;
using LiveDash.Core.Ingestion.Listeners;
using LiveDash.Core.Storage;
using LiveDash.Web.Listeners;
using LiveDash.Web.Security.Access;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Sources;

/// <summary>What is listened for beside the main port, where, and what was closed; where one listens is changed in place and begins at once.</summary>
public sealed partial class ListenerTable : ComponentBase
{
    private ListenerSpec? _editing;
    private string _endpoint = "";
    private string? _fault;

    /// <summary>The listeners now.</summary>
    [Parameter]
    [EditorRequired]
    public IReadOnlyList<ListenerSnapshot> Listeners { get; set; } = [];

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private ListenerHost Host { get; set; } = default!;

    private void Edit(ListenerSnapshot listener) => (_editing, _endpoint, _fault) = (listener.Spec, listener.Configured, null);

    private async Task ApplyAsync()
    {
        if (Visitor.Refuses(AccountRole.Administrator)) return;
        try
        {
            _fault = await Host.SaveAsync(_editing!, _endpoint.Trim(), CancellationToken.None);
            if (_fault is null) _editing = null;
        }
        catch (Exception e) when (e is StoreFullException or StoreUnavailableException)
        {
            _fault = e.Message;
        }
    }
}
