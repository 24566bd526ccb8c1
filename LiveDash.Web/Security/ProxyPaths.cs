using LiveDash.Core.Configuration;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace LiveDash.Web.Security;

/// <summary>
/// Lets the app stand behind a reverse proxy: under a base path, which the setting <c>PathBase</c> names or a listed proxy tells in <c>X-Forwarded-Prefix</c>, and
/// with the scheme, host and address that a listed proxy forwards. What anybody else forwards is not looked at.
/// </summary>
internal static class ProxyPaths
{
    /// <summary>Stands before all that looks at addresses, origins and paths.</summary>
    /// <exception cref="SettingsException">A setting cannot be read.</exception>
    public static void UseProxyPaths(this IApplicationBuilder app, IConfiguration configuration)
    {
        var proxies = app.ApplicationServices.GetRequiredService<SecurityState>().Proxies;
        if (proxies.Count > 0)
        {
            // Who the connection came from, before what it forwards takes its place.
            app.Use(static (context, next) =>
            {
                context.Features.Set(new ConnectionPeer(context.Connection.RemoteIpAddress));
                return next(context);
            });
            app.UseForwardedHeaders(Forwarded(proxies));
        }

        var path = Normalize(configuration["PathBase"]);
        if (path.Length == 0) return;
        app.Use((context, next) =>
        {
            // A proxy may take the base path off or leave it on; pages and links need it either way.
            if (context.Request.Path.StartsWithSegments(path, out var rest)) context.Request.Path = rest.HasValue ? rest : "/";
            context.Request.PathBase = path;
            return next(context);
        });
    }

    /// <summary>What an answer says of where a thing was made holds for the asker too: behind the base path. Stands behind <see cref="UseProxyPaths"/>.</summary>
    public static void UseLocationsWithinBase(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        if (!context.Request.PathBase.HasValue) return next(context);
        context.Response.OnStarting(static state =>
        {
            var (request, headers) = (((HttpContext)state).Request, ((HttpContext)state).Response.Headers);
            var location = headers.Location.ToString();
            if (location.StartsWith('/') && !location.StartsWith("//", StringComparison.Ordinal) && !new PathString(location.Split('?')[0]).StartsWithSegments(request.PathBase))
            {
                headers.Location = request.PathBase + location;
            }

            return Task.CompletedTask;
        }, context);
        return next(context);
    });

    private static ForwardedHeadersOptions Forwarded(IReadOnlyList<IPNetwork> proxies)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedPrefix,
        };
        // The loopback is listed by default, and everybody on this machine with it.
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies) options.KnownIPNetworks.Add(proxy);
        return options;
    }

    private static string Normalize(string? path)
    {
        var trimmed = path?.Trim().Trim('/') ?? "";
        if (trimmed.AsSpan().ContainsAny("?#\\\"<> "))
        {
            throw new SettingsException([$"PathBase: '{path}' is not a path such as /dash."]);
        }

        return trimmed.Length == 0 ? "" : "/" + trimmed;
    }
}
