using LiveDash.Core.Jobs.Postgres;
using LiveDash.Core.Jobs.Redis;
using LiveDash.Core.Jobs.Remote;
using LiveDash.Core.Jobs.Schedules;
using LiveDash.Core.Model;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LiveDash.Core.Jobs;

/// <summary>Registers plot jobs.</summary>
public static class JobServices
{
    /// <summary>Adds <see cref="JobService"/>, <see cref="JobBook"/>, the queue with its workers and the scheduled plots. Settings stand under <c>LiveDash:Jobs</c>.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<JobOptions>()
            .Bind(configuration.GetSection("LiveDash:Jobs"))
            .Validate(static o => o.Workers is >= 1 and <= 64, "LiveDash:Jobs:Workers must be from 1 to 64.")
            .Validate(static o => o.MaxAttempts is >= 1 and <= 10, "LiveDash:Jobs:MaxAttempts must be from 1 to 10.")
            .Validate(static o => o.MaxRunTime >= TimeSpan.FromSeconds(1), "LiveDash:Jobs:MaxRunTime must be at least 00:00:01.")
            .Validate(static o => o.Redis.Length == 0 || RedisLink.IsConfiguration(o.Redis), "LiveDash:Jobs:Redis must be the address of a Redis, such as 127.0.0.1:6379, or empty.")
            .Validate(static o => o.RedisPrefix.Length is > 0 and <= 100, "LiveDash:Jobs:RedisPrefix must be from 1 to 100 characters.")
            .Validate(static o => o.PostgreSQL.Length == 0 || PostgresJobLink.FaultOf(o.PostgreSQL) is null, "LiveDash:Jobs:PostgreSQL must be a connection string of a PostgreSQL, such as Host=127.0.0.1;Database=livedash;Username=livedash or postgresql://user:password@host/database, with one schema in Search Path at most, or empty.")
            .Validate(static o => o.Redis.Length == 0 || o.PostgreSQL.Length == 0, "LiveDash:Jobs:Redis and LiveDash:Jobs:PostgreSQL are both set: jobs are handed on by one of them.")
            .Validate(static o => o.WorkerKey.Length is 0 or (>= 16 and <= 500), "LiveDash:Jobs:WorkerKey must be from 16 to 500 characters, or empty.")
            .Validate(static o => o.ClaimAfter >= TimeSpan.FromSeconds(1) && o.ClaimAfter <= TimeSpan.FromHours(1), "LiveDash:Jobs:ClaimAfter must be from 00:00:01 to 01:00:00.")
            .ValidateOnStart();
        services.AddSingleton(static provider => provider.GetRequiredService<IOptions<JobOptions>>().Value);
        services.AddSingleton<JobBook>();
        services.AddSingleton<JobService>();
        services.AddSingleton<QuickPlots>();
        services.AddSingleton<WorkerScheduler>();
        services.AddSingleton<JobWorkers>();
        services.AddSingleton<IJobExchange>(static provider => provider.GetRequiredService<JobOptions>() is { PostgreSQL.Length: > 0 } options
            ? new PostgresExchange(new PostgresJobLink(options.PostgreSQL))
            : new RedisExchange(new RedisLink(provider.GetRequiredService<JobOptions>().Redis, provider.GetRequiredService<JobOptions>().RedisPrefix)));
        services.AddSingleton<RemoteJobQueue>();
        var jobs = configuration.GetSection("LiveDash:Jobs");
        if (string.IsNullOrEmpty(jobs["Redis"]) && string.IsNullOrEmpty(jobs["PostgreSQL"])) services.AddQueue<JobWorkers>();
        else services.AddQueue<RemoteJobQueue>();
        // After the workers, which load the jobs that scheduled plots wait for.
        services.AddSingleton<PlotBook>();
        services.AddHostedService<PlotLoop>();
        return services;
    }

    private static void AddQueue<T>(this IServiceCollection services) where T : class, IJobQueue, IHostedService
    {
        services.AddSingleton<IJobQueue>(static provider => provider.GetRequiredService<T>());
        services.AddHostedService(static provider => provider.GetRequiredService<T>());
    }
}
