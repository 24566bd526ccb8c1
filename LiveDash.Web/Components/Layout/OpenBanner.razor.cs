using LiveDash.Web.Security.Access;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Layout;

/// <summary>Says in red on every page that nobody is asked who they are and the server may be reached from anywhere.</summary>
public sealed partial class OpenBanner : ComponentBase
{
    [Inject]
    private Visitor Visitor { get; set; } = default!;
}
