using LiveDash.Core.Accounts;
using LiveDash.Core.Alerts;
using LiveDash.Core.Collections;
using LiveDash.Core.Configuration;
using LiveDash.Core.Jobs;
using LiveDash.Core.Configuration.Dashboards;
using LiveDash.Core.Detection;
using LiveDash.Core.Diagnostics;
using LiveDash.Core.Engine;
using LiveDash.Core.Live;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;
using LiveDash.Core.Notifications;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Statistics;
using LiveDash.Core.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LiveDash.Core;

/// <summary>Registers everything the core needs; each folder adds its own part.</summary>
public static class LiveDashCoreServices
{
    /// <summary>Adds the core. Settings come from the section <c>LiveDash</c> of the configuration.</summary>
    public static IServiceCollection AddLiveDashCore(this IServiceCollection services, IConfiguration configuration)
    {
        AddStores(services, configuration);
        services.AddSingleton<StatisticsReader>();
        services.AddAccounts();
        services.AddJobs(configuration);
        services.AddDashboards();
        services.AddDetection();
        services.AddEngine();
        services.AddNotifications(configuration);
        services.AddAlerts();
        services.AddLive();
        services.AddUserSettings();
        services.AddIngestion(configuration);
        services.AddQueries();
        services.AddCollections(configuration);
        return services;
    }

    /// <summary>Adds what it takes to put a file of points into the store, and nothing else: no windows, no rules, no listener, no source. Settings are those of the server.</summary>
    public static IServiceCollection AddLiveDashImport(this IServiceCollection services, IConfiguration configuration)
    {
        AddStores(services, configuration);
        return services.AddIngestPipeline(configuration);
    }

    private static void AddStores(IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.Configure<Limits>(configuration.GetSection(LimitsValidator.Section));
        services.AddSingleton<IValidateOptions<Limits>, LimitsValidator>();
        services.AddSingleton(static provider => provider.GetRequiredService<IOptions<Limits>>().Value);
        services.AddSingleton(new DataDirectory(configuration));
        services.AddSingleton<SeriesCatalog>();
        services.AddSingleton<LoopSupervisor>();
        services.AddStorage(configuration);
        services.AddStates();
        services.AddOptions<StorageOptions>().Configure<DataDirectory>(static (options, directory) => options.DataDirectory = directory.Path);
    }
}
