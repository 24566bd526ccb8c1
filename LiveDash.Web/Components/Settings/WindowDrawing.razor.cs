using System.Globalization;
using LiveDash.Core.Windows;
using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Settings;

/// <summary>What a window counts now, drawn to scale on a line of time with the zone's own clock: which stretch, which ones came before, where a late point still counts.</summary>
public sealed partial class WindowDrawing : ComponentBase
{
    private WindowPicture _view = WindowPicture.Empty;

    /// <summary>The window.</summary>
    [Parameter, EditorRequired]
    public required WindowSpec Spec { get; set; }

    /// <summary>How late a point may come.</summary>
    [Parameter]
    public TimeSpan Lateness { get; set; }

    [Inject]
    private ViewZone Zone { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    /// <inheritdoc/>
    protected override void OnParametersSet() => _view = WindowPicture.Of(Spec, Lateness, Clock.GetUtcNow().UtcTicks, Zone.Local);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##}%");
}
