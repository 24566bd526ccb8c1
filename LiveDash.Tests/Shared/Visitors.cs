using System.Security.Claims;
using LiveDash.Core.Accounts;
using LiveDash.Web.Security;
using LiveDash.Web.Security.Access;
using Microsoft.AspNetCore.Components.Authorization;

namespace LiveDash.Tests.Shared;

/// <summary>People who look at a component.</summary>
internal static class Visitors
{
    /// <summary>Somebody of a server that asks nobody.</summary>
    public static Visitor Anybody => new(new SecurityState(SecurityMode.Loopback, []), new Signed(new ClaimsPrincipal()));

    /// <summary>Somebody signed in.</summary>
    public static Visitor Of(AccountRole role, string name = "ada") =>
        new(new SecurityState(SecurityMode.Accounts, []), new Signed(AccessClaims.Of(new AccountUser { Id = name, Name = name, Role = role }, "session")));

    private sealed class Signed(ClaimsPrincipal who) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(who));
    }
}
