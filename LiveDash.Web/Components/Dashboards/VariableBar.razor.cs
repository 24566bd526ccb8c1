using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Live.Variables;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>The variables of a dashboard, each with what is chosen, which stands in the page's address. To choose changes nothing that is kept.</summary>
public sealed partial class VariableBar : ComponentBase
{
    /// <summary>The variables.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<VariableChoice> Choices { get; set; }

    /// <summary>Another value was chosen of the variable of a name.</summary>
    [Parameter, EditorRequired]
    public EventCallback<(string Name, string Value)> OnChosen { get; set; }

    private Task ChooseAsync(VariableChoice choice, string? value) => string.IsNullOrEmpty(value) || DashboardVariable.CheckValue(value) is not null ? Task.CompletedTask : OnChosen.InvokeAsync((choice.Variable.Name, value));
}
