using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>All one can do with a panel; each entry says its key.</summary>
public sealed partial class PanelMenu : ComponentBase
{
    /// <summary>The panel.</summary>
    [Parameter, EditorRequired]
    public required DashboardPanel Panel { get; set; }

    /// <summary>What the dashboard shows, for links that lead on.</summary>
    [Parameter, EditorRequired]
    public required ViewRange Range { get; set; }

    /// <summary>True while panels may be moved.</summary>
    [Parameter]
    public bool Editing { get; set; }

    /// <summary>True while it is alone on the screen.</summary>
    [Parameter]
    public bool IsFull { get; set; }

    /// <summary>Something was chosen.</summary>
    [Parameter]
    public EventCallback<PanelAction> OnAction { get; set; }

    /// <summary>The values as a table were asked for.</summary>
    [Parameter]
    public EventCallback OnValues { get; set; }

    /// <summary>A step of the layout was chosen.</summary>
    [Parameter]
    public EventCallback<Func<Dashboard, Dashboard>> OnStep { get; set; }

    private string Title => PanelTitle.Of(Panel);

    private RenderFragment Item(string icon, string text, string key, PanelAction action) => builder =>
    {
        builder.OpenComponent<MudMenuItem>(0);
        builder.AddComponentParameter(1, nameof(MudMenuItem.Icon), icon);
        builder.AddComponentParameter(2, nameof(MudMenuItem.OnClick), EventCallback.Factory.Create<Microsoft.AspNetCore.Components.Web.MouseEventArgs>(this, () => OnAction.InvokeAsync(action)));
        builder.AddComponentParameter(3, nameof(MudMenuItem.Class), action == PanelAction.Remove ? "danger" : null);
        builder.AddComponentParameter(4, nameof(MudMenuItem.ChildContent), (RenderFragment)(inner =>
        {
            inner.AddContent(0, text);
            inner.OpenElement(1, "kbd");
            inner.AddContent(2, key);
            inner.CloseElement();
        }));
        if (action is not (PanelAction.FullScreen or PanelAction.Share)) builder.AddComponentParameter(5, "data-needs", "editor");
        builder.CloseComponent();
    };

    private RenderFragment Step(string text, Func<Dashboard, Dashboard> change) => builder =>
    {
        builder.OpenComponent<MudMenuItem>(0);
        builder.AddComponentParameter(1, nameof(MudMenuItem.OnClick), EventCallback.Factory.Create<Microsoft.AspNetCore.Components.Web.MouseEventArgs>(this, () => OnStep.InvokeAsync(change)));
        builder.AddComponentParameter(2, nameof(MudMenuItem.ChildContent), (RenderFragment)(inner => inner.AddContent(0, text)));
        builder.CloseComponent();
    };
}
