using LiveDash.Core.Configuration;
using LiveDash.Core.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace LiveDash.Web.Security.Secrets;

/// <summary>Puts the encryption of secrets around the store of documents, and the key ring of Data Protection into it.</summary>
internal static class SecretsServices
{
    /// <summary>The key of the store itself, below what encrypts and what audits.</summary>
    public const string Plain = "plain";

    /// <summary>Adds it; to be called once the store is registered, and before the audit.</summary>
    public static void AddSecrets(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var store = services.Last(static service => service.ServiceType == typeof(IDocumentStore));
        services.Remove(store);
        services.AddKeyedSingleton(Plain, (provider, _) => (IDocumentStore)ActivatorUtilities.CreateInstance(provider, store.ImplementationType!));
        services.AddSingleton(static provider => new KeyFile(provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<DataDirectory>()));
        services.AddSingleton<SealedStore>(static provider => new SealedStore(
            provider.GetRequiredKeyedService<IDocumentStore>(Plain), provider.GetRequiredService<IDataProtectionProvider>(), provider.GetRequiredService<KeyFile>(), provider.GetRequiredService<ILogger<SealedStore>>()));
        services.AddSingleton<IDocumentStore>(static provider => provider.GetRequiredService<SealedStore>());
        services.AddHostedService<SecretsKeeper>();
        // Keys that survive a restart: without them every open page and form of the last run is refused.
        services.AddDataProtection().SetApplicationName("LiveDash");
        services.AddOptions<KeyManagementOptions>().Configure<IServiceProvider>(static (options, provider) =>
        {
            options.XmlRepository = new DocumentKeyRing(provider.GetRequiredKeyedService<IDocumentStore>(Plain));
            options.XmlEncryptor = new RingEncryptor(provider.GetRequiredService<KeyFile>());
        });
    }
}
