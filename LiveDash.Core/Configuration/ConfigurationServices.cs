using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Core.Configuration;

/// <summary>Registers the settings that users edit while the app runs.</summary>
public static class ConfigurationServices
{
    /// <summary>Adds <see cref="WindowSettingsBook"/> and <see cref="TierSettingsBook"/>. To be called after the store: their loader must run behind the store's opening.</summary>
    public static IServiceCollection AddUserSettings(this IServiceCollection services)
    {
        services.AddSingleton<WindowSettingsBook>();
        services.AddSingleton<TierSettingsBook>();
        services.AddHostedService<UserSettingsLoader>();
        return services;
    }
}
