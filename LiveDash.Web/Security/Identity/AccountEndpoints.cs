using LiveDash.Core.Accounts;
using LiveDash.Web.Security.Oidc;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace LiveDash.Web.Security.Identity;

/// <summary>What the forms of pages are posted to where a cookie goes with the answer.</summary>
internal static class AccountEndpoints
{
    /// <summary>Maps signing out.</summary>
    public static void MapAccount(this IEndpointRouteBuilder app)
    {
        if (app.ServiceProvider.GetRequiredService<SecurityState>().Mode != SecurityMode.Accounts) return;
        // A form's field, so that the antiforgery token is asked for.
        app.MapPost("/account/sign-out", static async (HttpContext context, [FromForm] string? everywhere, SignInDesk desk) =>
        {
            if (everywhere is "true") await desk.SignOutEverywhereAsync(context);
            else await desk.SignOutAsync(context);
            context.Response.Headers.CacheControl = "no-store";
            return Results.LocalRedirect("~/sign-in");
        }).ExcludeFromDescription();
        // To the OpenID provider, and from there back to where somebody wanted to be.
        app.MapGet("/sign-in/oidc", static (HttpContext context, string? returnUrl) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return context.RequestServices.GetService<OidcSettings>() is null
                ? Results.LocalRedirect("~/sign-in")
                : Results.Challenge(new AuthenticationProperties { RedirectUri = LocalAddress.Of(returnUrl) }, [OidcServices.Scheme]);
        }).ExcludeFromDescription();
    }
}
