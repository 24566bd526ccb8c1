using LiveDash.Core.Accounts;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Storage;
using LiveDash.Web.Security.Access;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>A dialog that makes and revokes addresses by which others look at a dashboard. Every change asks for the role and for the folder anew, since either may have been taken away meanwhile.</summary>
public abstract class HandOnDialogBase : ComponentBase
{
    /// <summary>The dashboard.</summary>
    [Parameter, EditorRequired]
    public required Dashboard Dashboard { get; set; }

    /// <summary>Closed.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    /// <summary>Who looks at it.</summary>
    [Inject]
    protected Visitor Visitor { get; set; } = default!;

    /// <summary>The zone that times are told in.</summary>
    [Inject]
    protected ViewZone Zone { get; set; } = default!;

    /// <summary>The clock.</summary>
    [Inject]
    protected TimeProvider Time { get; set; } = default!;

    [Inject]
    private VisibleDashboards Dashboards { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <summary>The address that was just made, which is told this once.</summary>
    protected string? Made { get; private set; }

    /// <summary>Why the last change was not made, or null.</summary>
    protected string? Fault { get; private set; }

    /// <summary>What somebody is told who may not.</summary>
    protected abstract string Refused { get; }

    /// <inheritdoc/>
    protected override void OnParametersSet() => Look(Visitor.May(AccountRole.Editor) && Dashboards.MayEdit(Dashboard.Folder));

    /// <summary>Reads what there is; nothing for who may not.</summary>
    protected abstract void Look(bool may);

    /// <summary>Shows an address below this server's own.</summary>
    protected void Tell(string address) => Made = Navigation.BaseUri + address;

    /// <summary>Makes a change to what is handed on.</summary>
    protected async Task TryAsync(Func<Dashboard, Task> change)
    {
        if (Visitor.Refuses(AccountRole.Editor)) return;
        (Made, Fault) = (null, null);
        // Of a folder that somebody may only look at, or not any more, nothing is handed on.
        if (Dashboards.Find(Dashboard.Id) is not { } now || !Dashboards.MayEdit(now.Folder))
        {
            Fault = Refused;
            return;
        }

        try
        {
            await change(now);
        }
        catch (Exception exception) when (exception is AccountRuleException or StoreFullException or StoreUnavailableException)
        {
            Fault = exception.Message;
        }

        OnParametersSet();
    }
}
