using LiveDash.Core.Jobs.Schedules;
using LiveDash.Core.Model;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LiveDash.Core.Jobs;

/// <summary>Registers plot jobs.</summary>
public static class JobServices
{
    /// <summary>Adds <see cref="JobService"/>, <see cref="JobBook"/>, the workers and the kept plots. Settings stand under <c>LiveDash:Jobs</c>.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<JobOptions>()
            .Bind(configuration.GetSection("LiveDash:Jobs"))
            .Validate(static o => o.Workers is >= 1 and <= 64, "LiveDash:Jobs:Workers must be from 1 to 64.")
            .Validate(static o => o.MaxAttempts is >= 1 and <= 10, "LiveDash:Jobs:MaxAttempts must be from 1 to 10.")
            .Validate(static o => o.MaxRunTime >= TimeSpan.FromSeconds(1), "LiveDash:Jobs:MaxRunTime must be at least 00:00:01.")
            .ValidateOnStart();
        services.AddSingleton(static provider => provider.GetRequiredService<IOptions<JobOptions>>().Value);
        services.AddSingleton<JobBook>();
        services.AddSingleton<JobService>();
        services.AddSingleton<JobWorkers>();
        services.AddHostedService(static provider => provider.GetRequiredService<JobWorkers>());
        // After the workers, which load the jobs that kept plots wait for.
        services.AddSingleton<PlotBook>();
        services.AddHostedService<PlotLoop>();
        return services;
    }
}
