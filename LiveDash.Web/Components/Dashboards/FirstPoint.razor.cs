using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>The empty state that teaches: how to send the first point.</summary>
public sealed partial class FirstPoint : ComponentBase
{
    /// <summary>What stands over it.</summary>
    [Parameter]
    public string Title { get; set; } = "Send the first point";

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Curl => $$"""curl {{Navigation.BaseUri}}api/points -d '{"series":"demo.temperature","value":21.5}'""";
}
