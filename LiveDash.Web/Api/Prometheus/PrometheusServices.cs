using LiveDash.Core.Query.Data;

namespace LiveDash.Web.Api.Prometheus;

/// <summary>Registers what answers questions in PromQL, with the bounds of the section <c>LiveDash:Query</c>.</summary>
internal static class PrometheusServices
{
    /// <summary>Adds it.</summary>
    public static void AddPrometheusApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection("LiveDash:Query").Get<QueryLimits>() ?? new QueryLimits());
        services.AddSingleton<PrometheusQueries>();
        services.AddSingleton<PrometheusSeries>();
        services.AddSingleton<PrometheusRulesView>();
    }
}
