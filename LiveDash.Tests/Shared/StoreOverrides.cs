using LiveDash.Core.Storage;
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
        services.RemoveAll<IDocumentStore>();
        services.AddSingleton<IPointStore>(points);
        services.AddSingleton<IDocumentStore>(new MemoryDocumentStore());
    }
}
