using LiveDash.Core.Ingestion.Clock;
using LiveDash.Core.Ingestion.Decoding;
using LiveDash.Core.Ingestion.Listeners;
using LiveDash.Core.Ingestion.Sources;
using LiveDash.Core.Ingestion.Sources.Setups;
using LiveDash.Core.Ingestion.States;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Core.Ingestion;

/// <summary>Registers what takes points in.</summary>
public static class IngestionServices
{
    /// <summary>Adds the pipeline, the sources' accounts, the decoders and this machine's own metrics. To be called after the store and the engine: their services must start first and stop last.</summary>
    public static IServiceCollection AddIngestion(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<ClockWatch>();
        services.AddSingleton<IPointConsumer>(static provider => provider.GetRequiredService<ClockWatch>());
        services.AddHostedService<ClockService>();
        services.AddIngestPipeline(configuration);
        AddListeners(services, configuration);
        services.AddSourceSetups(configuration);
        AddHostMetrics(services, configuration);
        return services;
    }

    /// <summary>Adds the pipeline, the sources' accounts and the decoders. To be called after the store and whatever consumes points.</summary>
    public static IServiceCollection AddIngestPipeline(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<IngestOptions>()
            .Bind(configuration.GetSection("LiveDash:Ingest"))
            .Validate(static o => o.QueuePoints is >= 65_536 and <= 67_108_864, "LiveDash:Ingest:QueuePoints must be from 65536 to 67108864.")
            .Validate(static o => o.MaxSources is >= 16 and <= 100_000, "LiveDash:Ingest:MaxSources must be from 16 to 100000.")
            .ValidateOnStart();
        services.AddSingleton<SourceRegistry>();
        services.AddSingleton<Admission>();
        services.AddSingleton<PointDecoders>();
        services.AddSingleton<IngestPipeline>();
        services.AddHostedService<IngestWorker>();
        return services;
    }

    /// <summary>Adds what keeps the words of states. To be called after the store, whose opening comes first, and before all that judges or takes points in.</summary>
    public static IServiceCollection AddStates(this IServiceCollection services)
    {
        services.AddSingleton<StateKeeper>();
        services.AddHostedService<StateLoader>();
        return services;
    }

    private static void AddListeners(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new ListenerBoard(configuration));
        services.AddSingleton(static provider => provider.GetRequiredService<PointDecoders>().StatsdAggregator());
        var attributes = configuration.GetSection("LiveDash:Otlp:ResourceAttributes").Get<string[]>() ?? ["service.name", "host.name"];
        services.AddSingleton(provider => provider.GetRequiredService<PointDecoders>().OtlpNames(attributes));
        services.AddSingleton<ListenerSessions>();
        services.AddHostedService<StatsdFlusher>();
    }

    private static void AddHostMetrics(IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection("LiveDash:HostMetrics");
        services.AddOptions<HostMetricsOptions>()
            .Bind(section)
            .Validate(static o => o.IntervalMs is >= 100 and <= 60_000, "LiveDash:HostMetrics:IntervalMs must be from 100 to 60000.")
            .ValidateOnStart();
        if (!section.GetValue("Enabled", true)) return;
        services.AddSingleton<IHostSampler>(static _ => OperatingSystem.IsLinux() ? new LinuxSampler() : new PortableSampler());
        services.AddHostedService<HostMetricsSource>();
    }
}
