using System.Net;
using LiveDash.Core.Ingestion.Listeners;
using LiveDash.Web.Api;
using LiveDash.Web.Api.Bodies;
using LiveDash.Web.Api.Senders;
using LiveDash.Web.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LiveDash.Web.Listeners;

/// <summary>
/// A server of its own for OTLP, over HTTP/1.1 or, for gRPC without TLS, HTTP/2 alone: so a port that is taken costs the main one nothing. Behind the same check of origins and hosts; connections,
/// rate and idle time are bounded by the listener's settings.
/// </summary>
internal sealed class OtlpListener(ListenerStatus status, OtlpParts parts) : IListenerServer
{
    private WebApplication? _app;

    /// <inheritdoc/>
    public async Task<EndPoint> StartAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        var isGrpc = status.Spec == ListenerSpec.OtlpGrpc;
        var app = Build(endpoint, isGrpc);
        app.UseMiddleware<OriginCheck>();
        app.UseRouting();
        app.UseBodyDecoding();
        if (isGrpc) app.MapGrpcService<OtlpGrpcService>();
        else app.MapOtlp();
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        _app = app;
        return IPEndPoint.Parse(new Uri(app.Urls.Single()).Authority);
    }

    /// <inheritdoc/>
    public async Task StopAsync()
    {
        if (_app is not { } app) return;
        _app = null;
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private WebApplication Build(IPEndPoint endpoint, bool isGrpc)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(OtlpListener).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = parts.Services.Limits.MaxBodyBytes;
            kestrel.Limits.KeepAliveTimeout = status.Options.MaxIdle;
            kestrel.Listen(endpoint, listen =>
            {
                listen.Protocols = isGrpc ? HttpProtocols.Http2 : HttpProtocols.Http1;
                listen.Use(next => connection => BoundAsync(next, connection));
            });
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddProblemDetails();
        builder.Services.AddHostFiltering(options => options.AllowedHosts = (parts.Configuration["AllowedHosts"] ?? "*").Split(';', StringSplitOptions.RemoveEmptyEntries));
        builder.Services.Configure<RouteHandlerOptions>(static options => options.ThrowOnBadRequest = false);
        builder.Services.AddSingleton(parts.Services);
        builder.Services.AddSingleton(parts.Names);
        builder.Services.AddSingleton(parts.Held);
        builder.Services.AddSingleton(parts.Services.Limits);
        builder.Services.AddSingleton(parts.Services.Time);
        builder.Services.AddSingleton(parts.Security);
        // The main program's loggers; not this one's to dispose of.
        builder.Services.AddSingleton<ILoggerFactory>(new SharedLoggers(parts.Logging));
        if (isGrpc) builder.Services.AddGrpc(options => options.MaxReceiveMessageSize = (int)Math.Min(int.MaxValue, parts.Services.Limits.MaxBodyBytes));
        var app = builder.Build();
        app.UseHostFiltering();
        return app;
    }

    private async Task BoundAsync(ConnectionDelegate next, ConnectionContext connection)
    {
        var peer = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        if (!status.TryOpen(peer))
        {
            connection.Abort();
            return;
        }

        try
        {
            connection.Transport = new PacedPipe(connection.Transport, status.Options.MaxBytesPerSecond, parts.Services.Time);
            await next(connection);
        }
        finally
        {
            status.Close(peer, null);
        }
    }
}
