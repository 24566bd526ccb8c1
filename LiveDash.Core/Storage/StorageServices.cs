using LiveDash.Core.Mongo;
using LiveDash.Core.Storage.Blocks;
using LiveDash.Core.Storage.Mongo;
using LiveDash.Core.Storage.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LiveDash.Core.Storage;

/// <summary>Registers the store of points and documents.</summary>
public static class StorageServices
{
    /// <summary>
    /// Adds <see cref="IPointStore"/> and <see cref="IDocumentStore"/> over SQLite, or MongoDB where its address is set, opened before any other hosted service starts.
    /// The directory is the setting <c>LiveDash:DataDirectory</c>, the rest stands under <c>LiveDash:Storage</c>; see <see cref="StorageOptions"/>.
    /// </summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StorageOptions>()
            .Bind(configuration.GetSection("LiveDash:Storage"))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsCheck>();
        services.AddSingleton(static provider => provider.GetRequiredService<IOptions<StorageOptions>>().Value);
        services.AddSingleton(Database);
        services.AddSingleton<StoreEngine>();
        services.AddSingleton<IPointStore, BlockPointStore>();
        services.AddSingleton<IDocumentStore, BlockDocumentStore>();
        services.AddHostedService<StoreHost>();
        return services;
    }

    private static IBlockDatabase Database(IServiceProvider services)
    {
        var (options, time) = (services.GetRequiredService<StorageOptions>(), services.GetRequiredService<TimeProvider>());
        if (options.MongoDB is not { Length: > 0 } text) return new SqliteDatabase(options, time);
        if (!MongoAddress.TryParse(text, out var address, out var fault)) throw new OptionsValidationException(nameof(StorageOptions), typeof(StorageOptions), [$"LiveDash:Storage:MongoDB cannot be used: {fault}."]);
        return new MongoBlockDatabase(new MongoStoreOptions { Address = address! }, time);
    }
}
