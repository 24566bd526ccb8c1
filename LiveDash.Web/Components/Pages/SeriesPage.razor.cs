using LiveDash.Web.ViewModels;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Pages;

/// <summary>Every series with its newest value and a sparkline.</summary>
public sealed partial class SeriesPage : ComponentBase
{
    private ViewRange _range = ViewRange.Initial;
}
