using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>What a panel shows. In a past range only charts look back; the others stay live, and the frame around them says so.</summary>
public sealed partial class PanelBody : ComponentBase
{
    /// <summary>The panel.</summary>
    [Parameter, EditorRequired]
    public required DashboardPanel Panel { get; set; }

    /// <summary>The stretch of time that the dashboard shows.</summary>
    [Parameter, EditorRequired]
    public required ViewRange Range { get; set; }

    /// <summary>True while the dashboard stands still.</summary>
    [Parameter]
    public bool Paused { get; set; }

    // A span of the panel's own holds while live; a past range is one for the whole page.
    private TimeSpan Span => Panel.Span ?? (Range.IsLive ? Range.Span : ViewRange.Initial.Span);

    private DateTimeOffset? From => Range.Past is { } past ? new DateTimeOffset(past.From, TimeSpan.Zero) : null;

    private DateTimeOffset? To => Range.Past is { } past ? new DateTimeOffset(past.To, TimeSpan.Zero) : null;
}
