using LiveDash.Core.Configuration.Dashboards;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>Asks for the name of a dashboard, and for its folder where there are any to choose.</summary>
public sealed partial class NameDialog : ComponentBase
{
    private string _name = "";
    private string _folder = "";
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

    /// <summary>The folder it lies in.</summary>
    [Parameter]
    public string Folder { get; set; } = "";

    /// <summary>The folders there are; null where no folder is asked for.</summary>
    [Parameter]
    public IReadOnlyList<string>? Folders { get; set; }

    /// <summary>The names that others have.</summary>
    [Parameter]
    public IReadOnlyList<string> Taken { get; set; } = [];

    /// <summary>The valid name and folder.</summary>
    [Parameter, EditorRequired]
    public EventCallback<(string Name, string Folder)> OnSave { get; set; }

    /// <summary>Closed without a change.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    private string? Error => _name.Trim().Length switch
    {
        0 => "A dashboard needs a name.",
        > Dashboard.MaxName => $"At most {Dashboard.MaxName} characters.",
        _ when Taken.Contains(_name.Trim(), StringComparer.OrdinalIgnoreCase) => "Another dashboard has this name.",
        _ => null,
    };

    /// <inheritdoc/>
    protected override void OnInitialized() => (_name, _folder) = (Name, Folder);

    private async Task SaveAsync()
    {
        _tried = true;
        if (Error is null) await OnSave.InvokeAsync((_name.Trim(), _folder.Trim()[..Math.Min(_folder.Trim().Length, Dashboard.MaxFolder)]));
    }
}
