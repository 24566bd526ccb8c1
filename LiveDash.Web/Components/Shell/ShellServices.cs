using LiveDash.Web.Components.Alerts;
using LiveDash.Web.Components.Dashboards;
using LiveDash.Web.ViewModels;

namespace LiveDash.Web.Components.Shell;

/// <summary>What the frame of every page shares with the pages.</summary>
public static class ShellServices
{
    /// <summary>Adds <see cref="ViewTime"/>, <see cref="ViewZone"/>, <see cref="AlertGlance"/> and <see cref="DashboardMarks"/>, one of each a circuit.</summary>
    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddScoped<ViewTime>();
        services.AddScoped<ViewZone>();
        services.AddScoped<AlertGlance>();
        services.AddScoped<DashboardMarks>();
        return services;
    }
}
