using LiveDash.Core.Configuration;
using LiveDash.Core.Ingestion.Forwarding;
using LiveDash.Core.Ingestion.Sources.Files;
using LiveDash.Core.Ingestion.Sources.Kafka;
using LiveDash.Core.Ingestion.Sources.Messages;
using LiveDash.Core.Ingestion.Sources.Mqtt;
using LiveDash.Core.Ingestion.Sources.Nats;
using LiveDash.Core.Ingestion.Sources.RabbitMq;
using LiveDash.Core.Ingestion.Sources.Redis;
using LiveDash.Core.Ingestion.Sources.Scraping;
using LiveDash.Core.Ingestion.Sources.Simulating;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Core.Ingestion.Sources.Setups;

/// <summary>Registers the sources that users set up.</summary>
internal static class SourceSetupServices
{
    /// <summary>Adds the kinds, the book and the runner.</summary>
    /// <exception cref="SettingsException">A source of the configuration is at fault.</exception>
    public static void AddSourceSetups(this IServiceCollection services, IConfiguration configuration)
    {
        var hub = new ForwardHub();
        var folders = new FollowFolders(configuration.GetSection("LiveDash:Follow:Folders").Get<string[]>() ?? []);
        SourceKind[] kinds =
        [
            new ScrapeKind(), new MqttKind(), new RabbitMqKind(), new RedisKind(), new NatsKind(), new KafkaKind(), new FollowKind(folders), new ReplayKind(), new SimulatorKind(),
            HttpForwardKind.Influx(hub), HttpForwardKind.LiveDash(hub), new MqttForwardKind(hub), new KafkaForwardKind(hub),
        ];
        var faults = SourceBook.Faults(configuration, kinds);
        if (faults.Count > 0) throw new SettingsException(faults);
        foreach (var kind in kinds) services.AddSingleton(kind);
        services.AddSingleton<IPointConsumer>(hub);
        services.AddSingleton<PoisonShelf>();
        services.AddSingleton<PoisonDesk>();
        services.AddSingleton<SourceParts>();
        services.AddSingleton<BrokerIntake>();
        services.AddSingleton<SourceBook>();
        services.AddSingleton<SourceRunner>();
        services.AddHostedService(static provider => provider.GetRequiredService<SourceRunner>());
    }
}
