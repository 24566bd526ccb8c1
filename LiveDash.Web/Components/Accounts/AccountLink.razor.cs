using LiveDash.Web.Security.Access;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Accounts;

/// <summary>In the app bar, who is signed in; nothing where nobody signs in.</summary>
public sealed partial class AccountLink : ComponentBase
{
    [Inject]
    private Visitor Visitor { get; set; } = default!;
}
