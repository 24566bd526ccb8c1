using LiveDash.Core.Accounts;
using LiveDash.Web.Security;
using LiveDash.Web.Security.Identity;
using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Accounts;

/// <summary>A page on which somebody who is signed in changes something of their own account. Rendered without a circuit, since the cookie is made anew; not kept by any browser.</summary>
public abstract class OwnAccountPageBase : ComponentBase
{
    /// <summary>The request.</summary>
    [CascadingParameter]
    protected HttpContext Context { get; set; } = default!;

    /// <summary>Where the desks of accounts are, where there are accounts.</summary>
    [Inject]
    protected IServiceProvider Services { get; set; } = default!;

    /// <summary>Second factors.</summary>
    [Inject]
    protected FactorBook Factors { get; set; } = default!;

    [Inject]
    private AccountBook Accounts { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <summary>Whose account it is: one with a password, in a session of its own, since for a proxy's people the proxy asks. Null where there is none, and the page leads away then.</summary>
    protected AccountUser? Person { get; private set; }

    /// <inheritdoc/>
    protected sealed override async Task OnInitializedAsync()
    {
        Context.Response.Headers.CacheControl = "no-store";
        Person = AccessClaims.OwnAccount(Context.User, Accounts);
        if (Person is { } person) await BeginAsync(person);
        else Leave();
    }

    /// <summary>Fills the form.</summary>
    protected abstract Task BeginAsync(AccountUser person);

    /// <summary>Goes back to the account, or to another page of it: loaded anew, what was typed is gone, and going back sends nothing twice.</summary>
    protected void Leave(string to = "account") => Navigation.NavigateTo(Navigation.BaseUri + to);
}
