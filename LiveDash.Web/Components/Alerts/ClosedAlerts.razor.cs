using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Alerts;

/// <summary>The episodes that were over within a day, below what is open.</summary>
public sealed partial class ClosedAlerts : ComponentBase
{
    /// <summary>What there is.</summary>
    [Parameter, EditorRequired]
    public ClosedEpisodes Closed { get; set; } = ClosedEpisodes.None;
}
