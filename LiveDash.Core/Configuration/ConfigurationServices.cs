using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Core.Configuration;

/// <summary>Registers the settings that users edit while the app runs.</summary>
public static class ConfigurationServices
{
    /// <summary>Adds <see cref="WindowSettingsBook"/>. To be called after the store: its loader must run behind the store's opening.</summary>
    public static IServiceCollection AddUserSettings(this IServiceCollection services)
    {
        services.AddSingleton<WindowSettingsBook>();
        services.AddHostedService<WindowSettingsLoader>();
        return services;
    }
}
