using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LiveDash.Web.Diagnostics;

/// <summary>Puts <see cref="StartLoggers"/> before the framework's loggers.</summary>
internal static class StartLoggerServices
{
    /// <summary>Replaces the logger factory by one that wraps it.</summary>
    public static void AddStartLoggers(this IServiceCollection services)
    {
        services.AddSingleton<LoggerFactory>();
        services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(static provider => new StartLoggers(provider.GetRequiredService<LoggerFactory>())));
    }
}
