using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Dashboards;

/// <summary>What a tile shows. In a past range only charts look back; the others stay live, and the frame around them says so.</summary>
public sealed partial class TileBody : ComponentBase
{
    /// <summary>The tile.</summary>
    [Parameter, EditorRequired]
    public required DashboardTile Tile { get; set; }

    /// <summary>The stretch of time that the dashboard shows.</summary>
    [Parameter, EditorRequired]
    public required ViewRange Range { get; set; }

    /// <summary>True while the dashboard stands still.</summary>
    [Parameter]
    public bool Paused { get; set; }

    // A span of the tile's own holds while live; a past range is one for the whole page.
    private TimeSpan Span => Tile.Span ?? (Range.IsLive ? Range.Span : ViewRange.Initial.Span);

    private DateTimeOffset? From => Range.Past is { } past ? new DateTimeOffset(past.From, TimeSpan.Zero) : null;

    private DateTimeOffset? To => Range.Past is { } past ? new DateTimeOffset(past.To, TimeSpan.Zero) : null;
}
