using LiveDash.Web.ViewModels;

namespace LiveDash.Web.Components.Shell;

/// <summary>What the frame of every page shares with the pages.</summary>
public static class ShellServices
{
    /// <summary>Adds <see cref="ViewTime"/> and <see cref="ViewZone"/>, one of each a circuit.</summary>
    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddScoped<ViewTime>();
        services.AddScoped<ViewZone>();
        return services;
    }
}
