using LiveDash.Core.Configuration;
using LiveDash.Core.Mongo;
using LiveDash.Core.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Core.Collections;

/// <summary>Registers existing collections of MongoDB.</summary>
public static class CollectionServices
{
    private const string Section = "LiveDash:Connections";

    /// <summary>Adds book, reader, suggester and followers. Connections may be named by the settings, <c>LiveDash:Connections:NAME=mongodb://...</c>.</summary>
    /// <exception cref="SettingsException">A connection string is at fault.</exception>
    public static IServiceCollection AddCollections(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var configured = new List<CollectionConnection>();
        foreach (var one in configuration.GetSection(Section).GetChildren().Where(static one => one.Value is { Length: > 0 }))
        {
            if (!MongoAddress.TryParse(one.Value!, out _, out var fault)) throw new SettingsException([$"{Section}:{one.Key} cannot be used: {fault}."]);
            configured.Add(new CollectionConnection(one.Key, one.Value!));
        }

        services.AddSingleton(provider => new CollectionBook(provider.GetRequiredService<IDocumentStore>(), configured));
        services.AddSingleton<CollectionClients>();
        services.AddSingleton<CollectionReader>();
        services.AddSingleton<MapSuggester>();
        services.AddHostedService<CollectionService>();
        return services;
    }
}
