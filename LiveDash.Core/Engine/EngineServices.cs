using LiveDash.Core.Detection;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Model;
using LiveDash.Core.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LiveDash.Core.Engine;

/// <summary>Registers the engine and its loops.</summary>
public static class EngineServices
{
    /// <summary>Adds the engine. A store, a judge factory and a lateness are used if they are registered.</summary>
    public static IServiceCollection AddEngine(this IServiceCollection services)
    {
        services.AddOptions<EngineOptions>()
            .BindConfiguration("LiveDash:Engine")
            .Validate(static o => o.Shards is >= 0 and <= EngineOptions.MaxShards, "LiveDash:Engine:Shards must be from 0 (one a core) to 64.")
            .Validate(static o => o.QueueBatches is >= 1 and <= 65_536, "LiveDash:Engine:QueueBatches must be from 1 to 65536.")
            .Validate(static o => o.Tick >= TimeSpan.FromMilliseconds(10) && o.Tick <= TimeSpan.FromDays(1), "LiveDash:Engine:Tick must be from 00:00:00.010 to 1.00:00:00.")
            .Validate(static o => o.MaxRebuildPoints is >= 1 and <= 1_000_000_000, "LiveDash:Engine:MaxRebuildPoints must be from 1 to 1000000000.")
            .Validate(static o => o.LocatedCapacity is >= 1 and <= 16_777_216, "LiveDash:Engine:LocatedCapacity must be from 1 to 16777216.")
            .ValidateOnStart();
        services.TryAddSingleton(static provider => provider.GetRequiredService<IOptions<EngineOptions>>().Value);
        services.AddSingleton(static provider => new LiveEngine(
            provider.GetRequiredService<EngineOptions>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<LiveEngine>>(), provider.GetService<IPointStore>(), provider.GetService<IPointJudgeFactory>(),
            provider.GetService<ISeriesLateness>(), provider.GetService<LocalClock>(), UnitOf(provider.GetService<SeriesCatalog>())));
        services.AddSingleton<IPointConsumer>(static provider => provider.GetRequiredService<LiveEngine>());
        services.AddHostedService<EngineService>();
        return services;
    }

    private static Func<int, string>? UnitOf(SeriesCatalog? catalog) => catalog is null ? null : series => SeriesUnits.Text(SeriesUnits.Of(catalog[series].Name));
}
