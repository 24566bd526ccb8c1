using LiveDash.Core.Ingestion;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Live;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LiveDash.Core.Query;

/// <summary>Registers what evaluates expressions.</summary>
public static class QueryServices
{
    /// <summary>Adds the engine, its bounds (section <c>LiveDash:Query</c>) and the live expressions.</summary>
    public static IServiceCollection AddQueries(this IServiceCollection services)
    {
        services.AddOptions<QueryLimits>().BindConfiguration(QueryLimitsCheck.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<QueryLimits>, QueryLimitsCheck>();
        services.AddSingleton(static provider => provider.GetRequiredService<IOptions<QueryLimits>>().Value);
        services.AddSingleton<QueryEngine>();
        services.AddSingleton<LiveQueries>();
        services.AddSingleton<SharedQueries>();
        services.AddSingleton<IPointConsumer>(static provider => provider.GetRequiredService<LiveQueries>());
        services.AddHostedService<LiveQueryService>();
        return services;
    }
}
