using LiveDash.Core.Configuration.Dashboards;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>Asks for the name of a dashboard.</summary>
public sealed partial class NameDialog : ComponentBase
{
    private string _name = "";
    private bool _tried;

    /// <summary>What the dialog is called.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>What the button says.</summary>
    [Parameter, EditorRequired]
    public string Action { get; set; } = "";

    /// <summary>The name it has.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The valid name.</summary>
    [Parameter, EditorRequired]
    public EventCallback<string> OnSave { get; set; }

    /// <summary>Closed without a change.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    private string? Error => _name.Trim().Length switch
    {
        0 => "A dashboard needs a name.",
        > Dashboard.MaxName => $"At most {Dashboard.MaxName} characters.",
        _ => null,
    };

    /// <inheritdoc/>
    protected override void OnInitialized() => _name = Name;

    private async Task SaveAsync()
    {
        _tried = true;
        if (Error is null) await OnSave.InvokeAsync(_name.Trim());
    }
}
