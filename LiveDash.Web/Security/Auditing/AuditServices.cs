using LiveDash.Core.Accounts.Audit;
using LiveDash.Core.Configuration;
using LiveDash.Core.Ingestion.Sources.Setups;
using LiveDash.Core.Storage;

namespace LiveDash.Web.Security.Auditing;

/// <summary>Puts the audit around the store of documents. Only where people say who they are: elsewhere there is nobody to name.</summary>
internal static class AuditServices
{
    private const string Unaudited = "unaudited";

    /// <summary>Adds it; to be called once the store is registered.</summary>
    /// <exception cref="SettingsException">The retention is out of bounds.</exception>
    public static void AddAudit(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        if (services.LastOrDefault(static service => service.ServiceType == typeof(SecurityState))?.ImplementationInstance is not SecurityState { AsksWho: true }) return;
        var days = builder.Configuration.GetValue<double?>("LiveDash:Audit:RetentionDays") ?? 365;
        if (days is < 1 or > 36_500) throw new SettingsException(["LiveDash:Audit:RetentionDays must be from 1 to 36500."]);
        var store = services.Last(static service => service.ServiceType == typeof(IDocumentStore));
        services.Remove(store);
        services.AddKeyedSingleton(Unaudited, (provider, _) => (IDocumentStore)store.ImplementationFactory!(provider));
        services.AddSingleton(provider => new AuditLog(provider.GetRequiredKeyedService<IDocumentStore>(Unaudited), provider.GetRequiredService<TimeProvider>()) { Retention = TimeSpan.FromDays(days) });
        services.AddSingleton<IDocumentStore>(static provider => new AuditedStore(provider.GetRequiredKeyedService<IDocumentStore>(Unaudited), provider.GetRequiredService<AuditLog>(), new AuditMask(SecretFields(provider))));
        services.AddHostedService<AuditWatch>();
    }

    // Of sources, what each kind says is a secret; of channels, the address, whose path may be a token. The names stand for all kinds of one document.
    private static Dictionary<string, IReadOnlySet<string>> SecretFields(IServiceProvider services) => new(StringComparer.Ordinal)
    {
        ["sources"] = services.GetServices<SourceKind>().SelectMany(static kind => kind.Fields).Where(static field => field.Type == SourceFieldType.Secret).Select(static field => field.Key).ToHashSet(StringComparer.OrdinalIgnoreCase),
        ["settings"] = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "url" },
    };
}
