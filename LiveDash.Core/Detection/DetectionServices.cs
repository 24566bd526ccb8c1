using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LiveDash.Core.Detection;

/// <summary>Registers the settings of the detector.</summary>
public static class DetectionServices
{
    /// <summary>Adds them.</summary>
    public static IServiceCollection AddDetection(this IServiceCollection services)
    {
        services.AddOptions<DetectionOptions>().BindConfiguration(DetectionOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DetectionOptions>, DetectionOptionsValidator>();
        services.AddSingleton(static provider => provider.GetRequiredService<IOptions<DetectionOptions>>().Value);
        services.AddSingleton(static provider => provider.GetRequiredService<DetectionOptions>().TryRead(out var clock, out _) ? clock : LocalClock.Utc);
        return services;
    }
}
