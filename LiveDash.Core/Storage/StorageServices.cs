using LiveDash.Core.Storage.Blocks;
using LiveDash.Core.Storage.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LiveDash.Core.Storage;

/// <summary>Registers the store of points and documents.</summary>
public static class StorageServices
{
    /// <summary>
    /// Adds <see cref="IPointStore"/> and <see cref="IDocumentStore"/> over SQLite, opened before any other hosted service starts. The directory is
    /// the setting <c>LiveDash:DataDirectory</c>, the rest stands under <c>LiveDash:Storage</c>; see <see cref="StorageOptions"/>.
    /// </summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StorageOptions>()
            .Bind(configuration.GetSection("LiveDash:Storage"))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsCheck>();
        services.AddSingleton(static provider => provider.GetRequiredService<IOptions<StorageOptions>>().Value);
        services.AddSingleton<IBlockDatabase, SqliteDatabase>();
        services.AddSingleton<StoreEngine>();
        services.AddSingleton<IPointStore, BlockPointStore>();
        services.AddSingleton<IDocumentStore, BlockDocumentStore>();
        services.AddSingleton<IStoreDamages>(static provider => provider.GetRequiredService<StoreEngine>());
        services.AddSingleton<IStoreMaintenance>(static provider => new SqliteMaintenance(provider.GetRequiredService<StorageOptions>().DataDirectory));
        services.AddHostedService<StoreHost>();
        return services;
    }
}
