using LiveDash.Web.Api;
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
        // What a browser is to sign, as the form behind it is to bring back.
        app.MapPost("/sign-in/passkey", static async (HttpContext context, PasskeyDesk desk, bool half = false) => await OptionsAsync(context, await desk.AskAsync(context, half))).ExcludeFromDescription();
        app.MapPost("/account/passkey", static async (HttpContext context, PasskeyDesk desk) => await OptionsAsync(context, await desk.AskToMakeAsync(context))).ExcludeFromDescription();
        // To the OpenID provider, and from there back to where somebody wanted to be.
        app.MapGet("/sign-in/oidc", static (HttpContext context, string? returnUrl) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return context.RequestServices.GetService<OidcSettings>() is null
                ? Results.LocalRedirect("~/sign-in")
                : Results.Challenge(new AuthenticationProperties { RedirectUri = LocalAddress.Of(returnUrl) }, [OidcServices.Scheme]);
        }).ExcludeFromDescription();
    }

    private static Task OptionsAsync(HttpContext context, (string? Fault, string Options) asked)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (asked.Fault is { } fault) return ApiProblem.WriteAsync(context, StatusCodes.Status400BadRequest, "no_passkey", fault);
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(asked.Options, context.RequestAborted);
    }
}
