using LiveDash.Core.Alerts.Books;
using LiveDash.Core.Alerts.Judging;
using LiveDash.Core.Alerts.Preview;
using LiveDash.Core.Alerts.Testing;
using LiveDash.Core.Engine;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Query;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Live;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Core.Alerts;

/// <summary>Registers the books of rules and alerts and the engine's judges.</summary>
public static class AlertServices
{
    /// <summary>Adds them. To be called after the engine: the rules are brought to its running loops.</summary>
    public static IServiceCollection AddAlerts(this IServiceCollection services)
    {
        services.AddSingleton<RuleBook>();
        services.AddSingleton<RuleStates>();
        services.AddSingleton<MeasureBoard>();
        services.AddSingleton<AlertBook>();
        services.AddSingleton<CodeRules>();
        services.AddSingleton<IAlertLog>(static provider => provider.GetRequiredService<CodeRules>());
        services.AddSingleton<JudgeParts>();
        services.AddSingleton<IPointJudgeFactory, AlertJudgeFactory>();
        services.AddSingleton<ISeriesLateness, SettingsLateness>();
        services.AddSingleton<RulePreview>();
        services.AddSingleton<RuleTestRunner>();
        services.AddSingleton<StrangeMoments>();
        services.AddSingleton<VerdictBook>();
        services.AddSingleton<QueryInputs>();
        services.AddSingleton<IPointConsumer>(static provider => provider.GetRequiredService<QueryInputs>());
        services.AddSingleton<DerivedSeries>();
        services.AddSingleton(static provider => new QueryRules(
            provider.GetRequiredService<QueryEngine>(), provider.GetRequiredService<LiveQueries>(), provider.GetRequiredService<JudgeParts>(), provider.GetRequiredService<QueryInputs>(), provider.GetRequiredService<DerivedSeries>(),
            provider.GetRequiredService<QueryLimits>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<RuleService>();
        services.AddHostedService(static provider => provider.GetRequiredService<RuleService>());
        services.AddHostedService(static provider => provider.GetRequiredService<CodeRules>());
        // After the rules have been brought to it, so that nothing is judged while they are.
        services.AddHostedService<QueryRuleLoop>();
        services.AddHostedService<AlertKeeper>();
        services.AddOptions<RuleFolderOptions>().BindConfiguration("LiveDash:Rules");
        services.AddSingleton<RuleFolder>();
        services.AddHostedService(static provider => provider.GetRequiredService<RuleFolder>());
        return services;
    }
}
