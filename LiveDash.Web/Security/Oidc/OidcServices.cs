using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace LiveDash.Web.Security.Oidc;

/// <summary>Registers the sign-in by an OpenID provider.</summary>
internal static class OidcServices
{
    /// <summary>The scheme.</summary>
    public const string Scheme = "oidc";

    /// <summary>Where the provider sends people back to; it is to be named to the provider.</summary>
    public const string CallbackPath = "/signin-oidc";

    /// <summary>Adds it.</summary>
    public static void AddOidc(this IServiceCollection services, OidcSettings settings)
    {
        services.AddSingleton(settings);
        services.AddScoped<OidcDesk>();
        services.AddAuthentication().AddOpenIdConnect(Scheme, oidc =>
        {
            oidc.Authority = settings.Authority;
            oidc.ClientId = settings.ClientId;
            oidc.ClientSecret = settings.ClientSecret;
            oidc.RequireHttpsMetadata = settings.Authority.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
            oidc.CallbackPath = CallbackPath;
            oidc.SignInScheme = IdentityConstants.ExternalScheme;
            oidc.ResponseType = OpenIdConnectResponseType.Code;
            // By GET: a form that another site's page posts is refused here before anything looks at it.
            oidc.ResponseMode = OpenIdConnectResponseMode.Query;
            oidc.UsePkce = true;
            oidc.MapInboundClaims = false;
            oidc.GetClaimsFromUserInfoEndpoint = true;
            oidc.ClaimActions.MapUniqueJsonKey("preferred_username", "preferred_username");
            oidc.ClaimActions.MapJsonKey(settings.RoleClaim, settings.RoleClaim);
            oidc.SaveTokens = false;
            oidc.Scope.Clear();
            foreach (var scope in new[] { "openid", "profile" }.Concat(settings.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct()) oidc.Scope.Add(scope);
            foreach (var cookie in new[] { oidc.CorrelationCookie, oidc.NonceCookie })
            {
                cookie.SameSite = SameSiteMode.Lax;
                cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                cookie.HttpOnly = true;
            }

            oidc.Events.OnTicketReceived = static context => context.HttpContext.RequestServices.GetRequiredService<OidcDesk>().ReceiveAsync(context);
            oidc.Events.OnRemoteFailure = static context => context.HttpContext.RequestServices.GetRequiredService<OidcDesk>().FailAsync(context);
        });
    }
}
