using LiveDash.Web.Components.Alerts;
using LiveDash.Web.ViewModels;

namespace LiveDash.Web.Components.Shell;

/// <summary>What the frame of every page shares with the pages.</summary>
public static class ShellServices
{
    /// <summary>Adds <see cref="ViewTime"/>, <see cref="ViewZone"/> and <see cref="AlertGlance"/>, one of each a circuit.</summary>
    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddScoped<ViewTime>();
        services.AddScoped<ViewZone>();
        services.AddScoped<AlertGlance>();
        return services;
    }
}
