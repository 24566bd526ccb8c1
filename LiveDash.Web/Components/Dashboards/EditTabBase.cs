using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>What the tabs of the panel editor share: the edit they all write to, and telling the editor.</summary>
public abstract class EditTabBase : ComponentBase
{
    /// <summary>What is edited.</summary>
    [Parameter, EditorRequired]
    public required PanelEdit Edit { get; set; }

    /// <summary>True once somebody tried to save: from then on what is missing is said too.</summary>
    [Parameter]
    public bool Tried { get; set; }

    /// <summary>Something was edited.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    /// <summary>The panel as edited.</summary>
    protected DashboardPanel Panel => Edit.Panel;

    /// <summary>Does a step.</summary>
    protected void Do(string text, Func<DashboardPanel, DashboardPanel> change)
    {
        Edit.Do(text, change);
        Changed();
    }

    /// <summary>Does a step on how values are shown.</summary>
    protected void DoFields(string text, Func<FieldConfig, FieldConfig> change)
    {
        Edit.DoFields(text, change);
        Changed();
    }

    /// <summary>Tells the editor.</summary>
    protected void Changed()
    {
        OnParametersSet();
        _ = OnChanged.InvokeAsync();
    }

    /// <summary>What is wrong with a field, or null.</summary>
    protected string? Error(string field) => Edit.Errors().GetValueOrDefault(field);

    /// <summary>A text without its outer blanks; null where nothing is left.</summary>
    protected static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
