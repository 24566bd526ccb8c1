using LiveDash.Core.Mongo;
using LiveDash.Core.Postgres;
using LiveDash.Core.Storage.Backups;
using LiveDash.Core.Storage.Blocks;
using LiveDash.Core.Storage.Mongo;
using LiveDash.Core.Storage.Postgres;
using LiveDash.Core.Storage.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LiveDash.Core.Storage;

/// <summary>Registers the store of points and documents.</summary>
public static class StorageServices
{
    /// <summary>
    /// Adds <see cref="IPointStore"/> and <see cref="IDocumentStore"/> over SQLite, or MongoDB or PostgreSQL where its address is set, opened before any other hosted service starts.
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
        services.AddSingleton<IStoreDamages>(static provider => provider.GetRequiredService<StoreEngine>());
        services.AddSingleton<IStoreTiers>(static provider => provider.GetRequiredService<StoreEngine>());
        services.AddSingleton<IStoreBackup>(static provider => provider.GetRequiredService<StoreEngine>());
        services.AddSingleton<IStoreMaintenance>(static provider => new SqliteMaintenance(provider.GetRequiredService<StorageOptions>().DataDirectory));
        services.AddHostedService<StoreHost>();
        return services;
    }

    /// <summary>Adds backups by schedule, for the server; see <see cref="BackupOptions"/>.</summary>
    public static IServiceCollection AddBackups(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<BackupOptions>().Bind(configuration.GetSection(BackupOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<BackupOptions>, BackupOptionsCheck>();
        services.AddSingleton(static provider => provider.GetRequiredService<IOptions<BackupOptions>>().Value);
        services.AddSingleton<BackupKeeper>();
        services.AddHostedService(static provider => provider.GetRequiredService<BackupKeeper>());
        return services;
    }

    /// <summary>
    /// Copies everything of one store into another. What was copied before is passed over; at the end all is compared.
    /// </summary>
    /// <param name="options">Where the two are.</param>
    /// <param name="from">The source.</param>
    /// <param name="to">The target, another one.</param>
    /// <param name="time">The clock.</param>
    /// <param name="told">Hears how far it came.</param>
    /// <param name="cancellationToken">Breaks it off; started again it goes on.</param>
    /// <exception cref="StoreUnavailableException">One of them cannot be used, the target holds other data, or the copy differs.</exception>
    public static async Task<MigrationProgress> MigrateAsync(
        StorageOptions options, StoreKind from, StoreKind to, TimeProvider time, Action<MigrationProgress> told, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var migration = new StoreMigration(() => Database(from, options, time), Database(to, options, time), options, time, told);
        return await migration.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the points of a store on a server that another LiveDash owns.</summary>
    /// <param name="kind">MongoDB or PostgreSQL.</param>
    /// <param name="text">The connection string, with the password in it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="told">Hears of blocks that are damaged and left out.</param>
    /// <param name="fault">What is wrong with the connection string, without a word of its content but names of options.</param>
    /// <returns>The reader, which connects when it is first asked; null where the connection string is at fault.</returns>
    /// <exception cref="NotSupportedException">Another kind.</exception>
    public static IPointReader? OpenReader(StoreKind kind, string text, TimeProvider time, Action<string> told, out string? fault) => kind switch
    {
        StoreKind.MongoDB => MongoAddress.TryParse(text, out var mongo, out fault) ? new MongoPointReader(new MongoStoreOptions { Address = mongo!, Patience = MongoPointReader.DefaultPatience }, time, told) : null,
        StoreKind.PostgreSQL => PostgresAddress.TryParse(text, out var postgres, out fault) ? new PostgresPointReader(new PostgresStoreOptions { Address = postgres!, Patience = PostgresPointReader.DefaultPatience }, time, told) : null,
        _ => throw new NotSupportedException("A store in files is read by its owner alone."),
    };

    private static IBlockDatabase Database(IServiceProvider services)
    {
        var (options, time) = (services.GetRequiredService<StorageOptions>(), services.GetRequiredService<TimeProvider>());
        // Here and not where options are checked: a migration from one to the other names both.
        if (options is { MongoDB.Length: > 0, PostgreSQL.Length: > 0 })
        {
            throw new OptionsValidationException(nameof(StorageOptions), typeof(StorageOptions), ["LiveDash:Storage:MongoDB and LiveDash:Storage:PostgreSQL are both set: points are kept in one place."]);
        }

        var kind = options.MongoDB is { Length: > 0 } ? StoreKind.MongoDB : options.PostgreSQL is { Length: > 0 } ? StoreKind.PostgreSQL : StoreKind.Sqlite;
        return Database(kind, options, time);
    }

    private static IBlockDatabase Database(StoreKind kind, StorageOptions options, TimeProvider time) => kind switch
    {
        StoreKind.MongoDB => MongoDatabase(options, time),
        StoreKind.PostgreSQL => PostgresDatabase(options, time),
        _ => new SqliteDatabase(options, time),
    };

    /// <summary>What is wrong with a connection string of PostgreSQL, without a word of its content but names of options; null where it is sound.</summary>
    internal static string? FaultOfPostgres(string text) => PostgresAddress.TryParse(text, out _, out var fault) ? null : fault;

    private static PostgresBlockDatabase PostgresDatabase(StorageOptions options, TimeProvider time)
    {
        if (!PostgresAddress.TryParse(options.PostgreSQL ?? "", out var address, out var fault)) throw new OptionsValidationException(nameof(StorageOptions), typeof(StorageOptions), [$"LiveDash:Storage:PostgreSQL cannot be used: {fault}."]);
        return new PostgresBlockDatabase(new PostgresStoreOptions { Address = address!, Standby = options.Standby }, time);
    }

    private static MongoBlockDatabase MongoDatabase(StorageOptions options, TimeProvider time)
    {
        var text = options.MongoDB ?? "";
        if (!MongoAddress.TryParse(text, out var address, out var fault)) throw new OptionsValidationException(nameof(StorageOptions), typeof(StorageOptions), [$"LiveDash:Storage:MongoDB cannot be used: {fault}."]);
        return new MongoBlockDatabase(new MongoStoreOptions { Address = address! }, time);
    }
}
