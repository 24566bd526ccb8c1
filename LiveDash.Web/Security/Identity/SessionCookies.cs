using System.Security.Claims;
using LiveDash.Core.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace LiveDash.Web.Security.Identity;

/// <summary>
/// Joins the cookie of a sign-in to a session on the server: each sign-in begins a new one, so none can be fixed before; each request asks whether it lasts, so one that was
/// ended opens nothing any more; signing out ends it. Stateless beside the books.
/// </summary>
internal sealed class SessionCookies(SessionBook sessions, TimeProvider time) : CookieAuthenticationEvents
{
    /// <inheritdoc/>
    public override async Task SigningIn(CookieSigningInContext context)
    {
        var http = context.HttpContext;
        var accounts = http.RequestServices.GetRequiredService<AccountBook>();
        var user = accounts.Find(AccessClaims.UserOf(context.Principal!) ?? "") ?? throw new InvalidOperationException("The account is gone.");
        var method = context.Principal!.FindFirstValue(AccessClaims.Method) ?? context.Principal!.FindFirstValue("amr") ?? "password";
        var now = time.GetUtcNow();
        // The session that this browser had ends: one browser, one session.
        if (AccessClaims.SessionOf(http.User) is { } old) await sessions.EndAsync(session => session.Id == old, http.RequestAborted);
        var session = await sessions.BeginAsync(user, method, http.Connection.RemoteIpAddress?.ToString() ?? "", http.Request.Headers.UserAgent.ToString(), now, http.RequestAborted);
        context.Principal = AccessClaims.Of(user, session.Id);
        await accounts.UpdateAsync(user.Id, known => known with { LastSignInAt = now }, http.RequestAborted);
    }

    /// <inheritdoc/>
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var now = time.GetUtcNow();
        if (context.Principal is null || AccessClaims.SessionOf(context.Principal) is not { } id || sessions.Acting(id, now) is not { } acting)
        {
            context.RejectPrincipal();
            return;
        }

        // With the role as it is now, not as it was when the cookie was made.
        context.ReplacePrincipal(AccessClaims.Of(acting.User, acting.Session.Id));
        await sessions.UseAsync(acting.Session, now, context.HttpContext.RequestAborted);
    }

    /// <inheritdoc/>
    public override Task SigningOut(CookieSigningOutContext context) =>
        AccessClaims.SessionOf(context.HttpContext.User) is { } id ? sessions.EndAsync(session => session.Id == id, CancellationToken.None) : Task.CompletedTask;

    /// <inheritdoc/>
    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context) => Status(context, StatusCodes.Status401Unauthorized);

    /// <inheritdoc/>
    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context) => Status(context, StatusCodes.Status403Forbidden);

    // The gate says where to go; a handler that answers 401 means it.
    private static Task Status(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
