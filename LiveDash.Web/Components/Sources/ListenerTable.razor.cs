using LiveDash.Core.Ingestion.Listeners;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Sources;

/// <summary>What is listened for beside the main port, where, and what was closed.</summary>
public sealed partial class ListenerTable : ComponentBase
{
    /// <summary>The listeners now.</summary>
    [Parameter]
    [EditorRequired]
    public IReadOnlyList<ListenerSnapshot> Listeners { get; set; } = [];
}
