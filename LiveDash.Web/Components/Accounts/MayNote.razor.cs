using LiveDash.Core.Accounts;
using LiveDash.Web.Security.Access;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Accounts;

/// <summary>Says why a page offers less to somebody whose role allows no changes there; nothing for everybody else.</summary>
public sealed partial class MayNote : ComponentBase
{
    /// <summary>The least role that changes what the page shows.</summary>
    [Parameter, EditorRequired]
    public AccountRole Role { get; set; }

    [Inject]
    private Visitor Visitor { get; set; } = default!;
}
