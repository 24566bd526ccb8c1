using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Core.Alerts;

/// <summary>Registers the books of rules and alerts; the engine's judges are added with the engine.</summary>
public static class AlertServices
{
    /// <summary>Adds them.</summary>
    public static IServiceCollection AddAlerts(this IServiceCollection services)
    {
        services.AddSingleton<RuleBook>();
        services.AddSingleton<RuleStates>();
        services.AddSingleton<MeasureBoard>();
        services.AddSingleton<AlertBook>();
        services.AddSingleton<IAlertLog>(static provider => provider.GetRequiredService<AlertBook>());
        services.AddSingleton<JudgeParts>();
        services.AddHostedService<AlertKeeper>();
        return services;
    }
}
