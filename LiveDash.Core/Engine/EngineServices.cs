using LiveDash.Core.Detection;
using LiveDash.Core.Ingestion;
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
        services.AddOptions<EngineOptions>().BindConfiguration("LiveDash:Engine");
        services.TryAddSingleton(static provider => provider.GetRequiredService<IOptions<EngineOptions>>().Value);
        services.AddSingleton(static provider => new LiveEngine(
            provider.GetRequiredService<EngineOptions>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<LiveEngine>>(), provider.GetService<IPointStore>(), provider.GetService<IPointJudgeFactory>(),
            provider.GetService<ISeriesLateness>(), provider.GetService<LocalClock>()));
        services.AddSingleton<IPointConsumer>(static provider => provider.GetRequiredService<LiveEngine>());
        services.AddHostedService<EngineService>();
        return services;
    }
}
