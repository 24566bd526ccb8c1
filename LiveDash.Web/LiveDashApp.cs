using LiveDash.Core;
using LiveDash.Core.Configuration;
using LiveDash.Core.Ingestion;
using LiveDash.Web.Api;
using LiveDash.Web.Api.Alerts;
using LiveDash.Web.Api.Anomalies;
using LiveDash.Web.Api.Backups;
using LiveDash.Web.Api.Bodies;
using LiveDash.Web.Api.Collections;
using LiveDash.Web.Api.Health;
using LiveDash.Web.Api.Influx;
using LiveDash.Web.Api.Alertmanager;
using LiveDash.Web.Api.Jobs;
using LiveDash.Web.Api.Notifications;
using LiveDash.Web.Api.Points;
using LiveDash.Web.Api.Prometheus;
using LiveDash.Web.Api.Query;
using LiveDash.Web.Api.Reading;
using LiveDash.Web.Api.Rules;
using LiveDash.Web.Api.Senders;
using LiveDash.Web.Api.Sources;
using LiveDash.Web.Api.Statistics;
using LiveDash.Web.Api.Windows;
using LiveDash.Web.Components;
using LiveDash.Web.Components.Alerts;
using LiveDash.Web.Components.Shell;
using LiveDash.Web.Diagnostics;
using LiveDash.Web.Listeners;
using LiveDash.Web.LiveView;
using LiveDash.Web.Security;
using LiveDash.Web.Security.Auditing;
using LiveDash.Web.Security.Identity;
using LiveDash.Web.Security.Secrets;
using LiveDash.Web.Security.Sharing;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Options;

namespace LiveDash.Web;

/// <summary>Builds the whole application, for <c>Main</c> and for tests alike (which pass <c>--urls http://127.0.0.1:0</c>).</summary>
public static class LiveDashApp
{
    /// <summary>Builds the app and runs it until it is told to stop.</summary>
    /// <param name="args">The command line, as any ASP.NET app takes it, or <c>import</c>, <c>check</c>, <c>repair</c>, <c>backup</c>, <c>verify</c>, <c>restore</c>, <c>worker</c>, <c>health</c> or <c>migrate</c> and their own.</param>
    /// <param name="configure">As for <see cref="Build"/>.</param>
    /// <returns>The process's exit code: 0; 1 where the end was not as it should be, or 2 where the settings are at fault, both told on standard error.</returns>
    public static async Task<int> RunAsync(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        try
        {
            if (args is ["import", ..]) return await ImportCommand.RunAsync(args[1..]);
            if (args is ["check" or "repair", ..]) return await StoreCommand.RunAsync(args);
            if (args is ["backup" or "verify" or "restore", ..]) return await BackupCommand.RunAsync(args);
            if (args is ["worker", ..]) return await WorkerCommand.RunAsync(args[1..]);
            if (args is ["health", ..]) return await HealthCommand.RunAsync(args[1..]);
            if (args is ["migrate", ..]) return await MigrateCommand.RunAsync(args[1..]);
            return await RunAsync(Build(args, configure));
        }
        catch (Exception exception) when (StartFaults.Of(exception) is { } faults)
        {
            foreach (var fault in faults) await Console.Error.WriteLineAsync("LiveDash cannot start: " + fault);
            return 2;
        }
    }

    // Nothing that happens while it ends may end in an abort: what was to be saved has been saved by then, or has said why not.
    private static async Task<int> RunAsync(WebApplication app)
    {
        // Taken now: the app is disposed of by the time it is asked for.
        var stopping = app.Lifetime.ApplicationStopping;
        try
        {
            await using (app) await app.RunAsync();
            return 0;
        }
        catch (Exception exception) when (stopping.IsCancellationRequested && StartFaults.Of(exception) is null)
        {
            // Told to stop while it was still starting, or out of time with a part that waits for somebody else: as orderly an end as any.
            var faults = exception is AggregateException several ? several.Flatten().InnerExceptions : (IReadOnlyCollection<Exception>)[exception];
            if (faults.All(static fault => fault is OperationCanceledException or TimeoutException)) return 0;
            await Console.Error.WriteLineAsync("LiveDash did not end as it should: " + exception);
            return 1;
        }
    }

    /// <summary>Builds the app without starting it.</summary>
    /// <param name="args">The command line, as any ASP.NET app takes it.</param>
    /// <param name="configure">Changes services last; what a test swaps, it swaps here.</param>
    /// <exception cref="SettingsException">The settings are at fault.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        // The settings file stands beside the program, wherever it is started from.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(LiveDashApp).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        // Package assets are answered with 500 outside Development without this.
        builder.WebHost.UseStaticWebAssets();
        // Build output otherwise answers with files compressed anew at each request, at no level at all: half as much again on the first load.
        if (!builder.Environment.IsDevelopment()) builder.Configuration["ReloadStaticAssetsAtRuntime"] ??= "false";
        builder.Services.AddStartLoggers();
        builder.AddLiveDashSecurity();
        builder.Services.AddLiveDashCore(builder.Configuration);
        builder.AddSecrets();
        builder.AddAudit();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddLiveView();
        builder.Services.AddShell();
        MudBlazor.Services.ServiceCollectionExtensions.AddMudServices(builder.Services);
        builder.Services.AddProblemDetails();
        builder.Services.AddOpenApi(static options => options.AddDescriptions());
        // An unreadable body or parameter is an answer, not an exception, in every environment.
        builder.Services.Configure<RouteHandlerOptions>(static options => options.ThrowOnBadRequest = false);
        builder.Services.AddApiCompression();
        builder.Services.AddSingleton<StreamPlaces>();
        builder.Services.AddScoped<AlertDesk>();
        builder.Services.AddSingleton<RuleSuggester>();
        builder.Services.AddSingleton<CircuitCounter>();
        builder.Services.AddSingleton<CircuitHandler>(static provider => provider.GetRequiredService<CircuitCounter>());
        builder.Services.AddSingleton<AbortedUploads>();
        builder.Services.AddSingleton<OwnMetrics>();
        builder.Services.AddSingleton(static provider => OwnMetering.Build(
            provider.GetRequiredService<OwnMetrics>(), provider.GetRequiredService<IOptions<IngestOptions>>().Value, provider.GetRequiredService<IConfiguration>()));
        builder.Services.AddSingleton<IngestServices>();
        builder.Services.AddSingleton<StatisticsServices>();
        builder.Services.AddSingleton<InfluxDatabases>();
        builder.Services.AddSingleton<InfluxQueryRunner>();
        builder.Services.AddPrometheusApi();
        builder.AddListeners();
        builder.Services.AddSingleton<HeldBytes>();
        builder.Services.AddSingleton<ReadingRoom>();
        builder.Services.AddSingleton<CollectionPlanes>();
        builder.Services.AddSingleton<CollectionReads>();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseProxyPaths(app.Configuration);
        app.UseLocationsWithinBase();
        app.UseLiveDashSecurity();
        app.UseHeadAnswers();
        app.UseErrorAnswers();
        app.UseResponseCompression();
        app.UseWebSockets();
        // Here and not at the front, where the builder would put it: a page for a dead link is found by routing anew.
        app.UseRouting();
        app.UseAccess();
        app.UseBodyDecoding();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapOpenApi();
        // Blazor's own Content-Security-Policy would stand beside ours.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(static options => options.ContentSecurityFrameAncestorsPolicy = null);
        app.MapPointReads();
        app.MapPointDeletes();
        app.MapSeriesReads();
        app.MapAnomalyReads();
        app.MapStatistics();
        app.MapForecastReads();
        app.MapWindowReads();
        app.MapWindowSettings();
        app.MapTierSettings();
        app.MapHealth();
        app.MapDamages();
        app.MapBackups();
        app.MapClock();
        app.MapHubCheck();
        app.MapAccount();
        app.MapAudit();
        app.MapPointsIngest();
        app.MapPointsQuery();
        app.MapImport();
        app.MapInflux();
        app.MapInfluxClients();
        app.MapRemoteWrite();
        app.MapOtlp();
        app.MapCollectd();
        app.MapPointsSocket();
        app.MapSources();
        app.MapCollections();
        app.MapListeners();
        app.MapSourceSettings();
        app.MapRules();
        app.MapAlerts();
        app.MapSilences();
        app.MapNoticePicture();
        app.MapSnapshots();
        app.MapAlertmanager();
        app.MapPrometheus();
        app.MapQueries();
        app.MapChannels();
        app.MapJobs();
        app.MapJobShortForms();
        app.MapPlots();
        app.MapWorkers();
        app.MapUnknownRoutes();
        return app;
    }
}
