namespace LiveDash.Web.Api.Prometheus;

/// <summary>Registers what answers questions in PromQL over Prometheus' API.</summary>
internal static class PrometheusServices
{
    /// <summary>Adds it.</summary>
    public static void AddPrometheusApi(this IServiceCollection services)
    {
        services.AddSingleton<PrometheusQueries>();
        services.AddSingleton<PrometheusSeries>();
        services.AddSingleton<PrometheusRulesView>();
    }
}
