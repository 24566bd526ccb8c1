using System.Net;
using System.Security.Claims;
using LiveDash.Core.Accounts;
using LiveDash.Core.Accounts.Audit;
using LiveDash.Core.Jobs;
using LiveDash.Web.Api;
using LiveDash.Web.Security.Sharing;

namespace LiveDash.Web.Security.Access;

/// <summary>
/// Asks <see cref="AccessTable"/> about every request, behind routing and before any handler: who may not is answered 401 or 403, or, a person with a browser, led to the
/// sign-in. Stands only where <see cref="SecurityState.AsksWho"/>.
/// </summary>
internal sealed class AccessGate(RequestDelegate next, SecurityState state, AccessTable table, ProxyIdentity proxy, KeyBook keys, AuditLog audit, JobOptions jobs, TimeProvider time, SharedCookies? shared = null)
{
    public Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        var rule = endpoint is null ? null : table.Of(endpoint, context.Request.Method);
        if (rule is null)
        {
            return ApiProblem.WriteAsync(context, StatusCodes.Status403Forbidden, "not_declared", $"Nobody may call {context.Request.Method} {context.Request.Path}: no rule of access names it.");
        }

        if (IsInTheClear(context) && !IsHealth(rule))
        {
            return ApiProblem.WriteAsync(context, StatusCodes.Status403Forbidden, "tls_required",
                "This server takes passwords and keys by TLS alone. Ask by https; where a proxy stands before it, the proxy must serve by TLS and pass on X-Forwarded-Proto.");
        }

        if (state.Mode == SecurityMode.Proxy) context.User = proxy.Of(context) ?? context.User;
        if (rule.Role is not { } needed) return next(context);
        if (SentKey.Of(context.Request) is { } sent) return WithKeyAsync(context, rule, sent);
        return AccessClaims.RoleOf(context.User) switch
        {
            null => rule.IsShared && state.Mode == SecurityMode.Accounts ? SharedAsync(context) : ChallengeAsync(context),
            { } role when role < needed => DenyAsync(context, role, needed),
            _ => ActAsync(context, rule, "person"),
        };
    }

    // By a share link: no role, and one dashboard alone.
    private async Task SharedAsync(HttpContext context)
    {
        if (await shared!.OfAsync(context) is { } visitor)
        {
            context.User = visitor;
            await next(context);
        }
        else
        {
            await ChallengeAsync(context);
        }
    }

    // A key that is sent counts, also beside a cookie: a wrong one is an answer of its own, not a reason to look further.
    private Task WithKeyAsync(HttpContext context, AccessRule rule, string sent)
    {
        var now = time.GetUtcNow();
        if (keys.Find(sent, now) is not { } key)
        {
            // The plot workers' own key, set on both sides, is good for what they read and for nothing else.
            if (rule.Pattern == "/api/points" && HttpMethods.IsGet(context.Request.Method) && jobs.IsWorkerKey(sent)) return next(context);
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"LiveDash\", error=\"invalid_token\"";
            return RefuseAsync(context, new Actor("a key that is none", "stranger", AddressOf(context)), StatusCodes.Status401Unauthorized, "key_unknown", "There is no such key, or it has expired or was revoked.");
        }

        if (rule.Scope is not { } scope || (key.Scopes & (scope | KeyScope.Admin)) == 0)
        {
            return RefuseAsync(context, new Actor(key.Name, "key", AddressOf(context)), StatusCodes.Status403Forbidden, "scope_missing",
                rule.Scope is { } wanted ? $"The key “{key.Name}” has the scope {ScopeWords.Of(key.Scopes)}; this needs {ScopeWords.AnyOf(wanted)}." : $"This is for people who sign in, not for keys.");
        }

        context.User = AccessClaims.OfKey(key);
        context.Features.Set(new KeyName(key.Name));
        if (keys.AllowanceOf(key) is { } allowance)
        {
            // Lines over a WebSocket are accounted by connection, where no key is looked at any more.
            if (context.WebSockets.IsWebSocketRequest) return ApiProblem.WriteAsync(context, StatusCodes.Status403Forbidden, "series_bound", $"The key “{key.Name}” may send some series alone, and sends them by POST.");
            context.Features.Set(allowance);
        }

        var used = keys.UseAsync(key, AddressOf(context), now, context.RequestAborted);
        return used.IsCompletedSuccessfully ? ActAsync(context, rule, "key") : AfterAsync(used, context, rule);
    }

    // What is kept as documents is told by the store that is audited; what else changes something is told here.
    private Task ActAsync(HttpContext context, AccessRule rule, string kind)
    {
        // Points are accounted by source, and nothing is made for them here.
        if (HttpMethods.IsGet(context.Request.Method) || rule.Scope is { } scope && (scope & KeyScope.Ingest) != 0) return next(context);
        var actor = new Actor(context.User.FindFirstValue(ClaimTypes.Name) ?? "", kind, AddressOf(context));
        Actor.Current = actor;
        return AuditedRoutes.Names(context.Request) ? NotedAsync(context, actor) : next(context);
    }

    private async Task NotedAsync(HttpContext context, Actor actor)
    {
        await next(context);
        if (context.Response.StatusCode >= StatusCodes.Status400BadRequest) return;
        await audit.AddAsync(actor, $"api.{context.Request.Method.ToLowerInvariant()}", $"{context.Request.Path}{context.Request.QueryString}", null, null, CancellationToken.None);
    }

    private async Task AfterAsync(Task used, HttpContext context, AccessRule rule)
    {
        await used;
        await ActAsync(context, rule, "key");
    }

    // A connection of this machine, or of a listed network that forwards for nobody else, is no network between.
    private bool IsInTheClear(HttpContext context)
    {
        if (context.Request.IsHttps) return false;
        var address = context.Connection.RemoteIpAddress;
        return address is not null && !IPAddress.IsLoopback(address) && !state.IsProxy(address);
    }

    private static bool IsHealth(AccessRule rule) => rule.Pattern is "/healthz" or "/readyz";

    private Task ChallengeAsync(HttpContext context)
    {
        if (!WantsPage(context.Request))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"LiveDash\"";
            return ApiProblem.WriteAsync(context, StatusCodes.Status401Unauthorized, "sign_in_required", "Sign in, or send an API key, such as in the header 'Authorization: Bearer ...'.");
        }

        if (state.Mode == SecurityMode.Proxy)
        {
            return ApiProblem.WriteAsync(context, StatusCodes.Status401Unauthorized, "sign_in_required", "The proxy that signs people in has named nobody. Come through it.");
        }

        // Followed from another site, a browser keeps the cookie back (SameSite=Strict). Asked for again by a page of this one it sends it.
        if (context.Request.Headers["Sec-Fetch-Site"] is [{ } site] && site is "cross-site" or "same-site") return AskAgainAsync(context);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Redirect(SignInAddress(context.Request));
        return Task.CompletedTask;
    }

    private static string SignInAddress(HttpRequest request)
    {
        var back = request.Path.Value + request.QueryString.Value;
        return $"{request.PathBase}/sign-in{(back is "/" ? "" : "?returnUrl=" + Uri.EscapeDataString(back))}";
    }

    private static Task AskAgainAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync("<!DOCTYPE html><html lang=\"en\"><head><meta http-equiv=\"refresh\" content=\"0\"><title>LiveDash</title></head><body></body></html>", context.RequestAborted);
    }

    private Task DenyAsync(HttpContext context, AccountRole role, AccountRole needed)
    {
        var name = context.User.FindFirstValue(ClaimTypes.Name) ?? "";
        return RefuseAsync(context, new Actor(name, "person", AddressOf(context)), StatusCodes.Status403Forbidden, "role_too_low", $"This needs the role {Word(needed)}; {name} has {Word(role)}.");
    }

    // What somebody asked for whom we know, or who showed a key, stands in the audit; the parameters of an address do not, since people put everything there.
    private async Task RefuseAsync(HttpContext context, Actor actor, int status, string code, string why)
    {
        await audit.AddRefusedAsync(actor, $"{context.Request.Method} {context.Request.Path}", why, CancellationToken.None);
        await ApiProblem.WriteAsync(context, status, code, why);
    }

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    private static string Word(AccountRole role) => role.ToString().ToLowerInvariant();

    private static bool WantsPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && !request.Path.StartsWithSegments("/api") && !request.Path.StartsWithSegments("/_blazor")
        && request.Headers.Accept.Any(static accept => accept?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true);
}
