using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Core.Live;

/// <summary>Registers what pages look through.</summary>
public static class LiveServices
{
    /// <summary>Adds the scope, one a circuit, and what panels of expressions draw from.</summary>
    public static IServiceCollection AddLive(this IServiceCollection services) => services.AddScoped<WindowScope>().AddSingleton<ExpressionSources>();
}
