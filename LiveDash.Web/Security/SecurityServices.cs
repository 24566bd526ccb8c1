using LiveDash.Core.Configuration;
using LiveDash.Core.Model;
using LiveDash.Core.Notifications;
using LiveDash.Web.Security.Access;
using LiveDash.Web.Security.Circuits;
using LiveDash.Web.Security.Identity;
using LiveDash.Web.Security.Oidc;
using LiveDash.Web.Security.Sharing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace LiveDash.Web.Security;

/// <summary>Everything that guards the app, in two calls.</summary>
internal static class SecurityServices
{
    /// <summary>Adds limits and options, and refuses settings that would open the app to others.</summary>
    /// <exception cref="SettingsException">An address to listen on is not of the loopback.</exception>
    public static void AddLiveDashSecurity(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(SecurityOptions.Section);
        builder.Services.Configure<SecurityOptions>(section);
        var state = SecurityState.Read(builder.Configuration);
        builder.Services.AddSingleton(state);
        // Who edits channels from elsewhere shall not reach what listens on this machine for itself alone.
        builder.Services.PostConfigure<NotificationOptions>(notifications => notifications.TrustsLoopback = () => state.Mode == SecurityMode.Loopback);
        builder.Services.PostConfigure<LoggerFilterOptions>(KeepAddressesOut);
        builder.Services.AddSingleton<AccessTable>();
        builder.Services.AddSingleton<ProxyIdentity>();
        builder.Services.AddScoped<Visitor>();
        builder.Services.AddScoped<VisibleDashboards>();
        builder.Services.AddSingleton<AccountDesk>();
        builder.Services.AddSingleton<NoticeDesk>();
        builder.Services.AddSingleton<SnapshotMaker>();
        builder.Services.AddHostedService<SnapshotSweep>();
        if (state.Mode == SecurityMode.Accounts) builder.Services.AddAccountIdentity(builder.Configuration[RefusedPasswords.Setting], state.FrameAncestors.Count > 0);
        if (OidcSettings.Read(builder.Configuration, state.Mode) is { } oidc) builder.Services.AddOidc(oidc);
        if (state.AsksWho) builder.Services.AddCircuitEnds();
        builder.Services.AddSingleton<Microsoft.AspNetCore.Connections.IConnectionListenerFactory, RemoteListeners>();

        // At the front: the framework's own filter of hosts was registered before.
        builder.Services.Insert(0, ServiceDescriptor.Transient<IStartupFilter, HostAnswers>());
        builder.Services.Configure<HostFilteringOptions>(static hosts => hosts.IncludeFailureMessage = false);

        builder.Services.AddSingleton<OpenRequests>();
        // Requests end a second after the stop begins; what is left is for saving.
        builder.Services.Configure<HostOptions>(static host =>
        {
            host.ShutdownTimeout = TimeSpan.FromSeconds(20);
            // What runs in the background is supervised; should something escape it nonetheless, everything else goes on.
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore;
        });
        builder.Services.AddAntiforgery(static options => options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        builder.Services.AddCors();
        builder.Services.AddOptions<KestrelServerOptions>().Configure<Limits>(static (kestrel, limits) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = limits.MaxBodyBytes;
        });
        builder.Services.AddOptions<HubOptions>().Configure<Limits>(
            static (hub, limits) => hub.MaximumReceiveMessageSize = limits.MaxWebSocketBytes);
    }

    // The framework tells each request with its address, which may be one that opens something. In the front, for each provider that has levels of its own: a setting of this very category still counts.
    private static void KeepAddressesOut(LoggerFilterOptions options)
    {
        foreach (var provider in options.Rules.Select(static rule => rule.ProviderName).Append(null).Distinct().ToList())
            options.Rules.Insert(0, new LoggerFilterRule(provider, "Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning, null));
    }

    /// <summary>Asks who may, behind routing; where nobody has to say who they are, no request pays for it.</summary>
    public static void UseAccess(this IApplicationBuilder app)
    {
        var state = app.ApplicationServices.GetRequiredService<SecurityState>();
        if (state.Mode == SecurityMode.Accounts) app.UseAuthentication();
        if (state.AsksWho) app.UseMiddleware<AccessGate>();
        app.UseMiddleware<CircuitCaps>();
    }

    /// <summary>Puts the guards before everything else.</summary>
    public static void UseLiveDashSecurity(this IApplicationBuilder app)
    {
        var open = app.ApplicationServices.GetRequiredService<OpenRequests>();
        app.Use((context, next) => open.RunAsync(context, next));
        app.UseMiddleware<FrameworkCookies>();
        app.UseMiddleware<SecurityHeaders>();
        // Preflights and answers for the pages of allowed origins; what the others send is refused behind it.
        var allowed = app.ApplicationServices.GetRequiredService<IOptions<SecurityOptions>>().Value.AllowedOrigins.Select(static origin => origin.TrimEnd('/')).ToArray();
        if (allowed.Length > 0) app.UseCors(policy => policy.WithOrigins(allowed).AllowAnyHeader().AllowAnyMethod().WithExposedHeaders("Retry-After", "Content-Disposition"));
        app.UseMiddleware<OriginCheck>();
    }
}
