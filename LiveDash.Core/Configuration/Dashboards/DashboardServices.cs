using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Core.Configuration.Dashboards;

/// <summary>Registers the dashboards.</summary>
public static class DashboardServices
{
    /// <summary>Adds <see cref="DashboardBook"/>.</summary>
    public static IServiceCollection AddDashboards(this IServiceCollection services) => services.AddSingleton<DashboardBook>();
}
