using LiveDash.Core.Storage;
using LiveDash.Web.Security.Secrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LiveDash.Tests.Shared;

/// <summary>Puts stores in memory under the app.</summary>
public static class StoreOverrides
{
    /// <summary>Replaces the stores of points and of documents.</summary>
    public static void UseMemoryStores(this IServiceCollection services, MemoryPointStore points)
    {
        services.RemoveAll<IPointStore>();
        services.AddSingleton<IPointStore>(points);
        // Below what encrypts and what audits.
        services.RemoveAllKeyed<IDocumentStore>(SecretsServices.Plain);
        services.AddKeyedSingleton<IDocumentStore>(SecretsServices.Plain, new MemoryDocumentStore());
    }
}
