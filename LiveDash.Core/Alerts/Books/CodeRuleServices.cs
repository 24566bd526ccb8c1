using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Core.Alerts.Books;

/// <summary>Registers rules of a program's own.</summary>
public static class CodeRuleServices
{
    /// <summary>Adds a rule. To be called after <c>AddLiveDashCore</c>.</summary>
    public static IServiceCollection AddCodeRule<TRule>(this IServiceCollection services)
        where TRule : CodeRule
    {
        services.AddSingleton<TRule>();
        services.AddSingleton<CodeRule>(static provider => provider.GetRequiredService<TRule>());
        return services;
    }
}
