using System.Net;
using System.Net.NetworkInformation;
using LiveDash.Core.Jobs.Postgres;
using LiveDash.Core.Jobs.Redis;
using LiveDash.Core.Storage;
using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Jobs.Remote;

/// <summary>Workers without a server around them: <c>LiveDash worker</c>.</summary>
public static partial class RemoteWorkers
{
    /// <summary>What is wrong with the options, or null.</summary>
    public static string? FaultOf(RemoteWorkerOptions options)
    {
        if (options.Redis is null == options.PostgreSQL is null) return "A worker takes jobs from Redis (--redis) or from PostgreSQL (--postgresql): name one of them.";
        if (options.PostgreSQL is { } postgres && PostgresJobLink.FaultOf(postgres) is { } wrong) return $"--postgresql cannot be used: {wrong}.";
        if (options.Redis is { } redis && !RedisLink.IsConfiguration(redis)) return $"--redis '{options.Redis}' is no address of a Redis, such as 127.0.0.1:6379.";
        if (((object?[])[options.Server, options.MongoDB, options.PointsPostgreSQL]).Count(static one => one is not null) != 1)
        {
            return "A worker reads points from the server (--server), or from the MongoDB (--mongodb) or the PostgreSQL (--points-postgresql) that it keeps them in: name one of them.";
        }

        if (options.Server is { Scheme: not ("http" or "https") }) return $"--server '{options.Server}' must be an http or https address.";
        if (Store(options) is (var kind, var address))
        {
            using var reader = StorageServices.OpenReader(kind, address, TimeProvider.System, static _ => { }, out var fault);
            if (fault is not null) return $"{(kind == StoreKind.MongoDB ? "--mongodb" : "--points-postgresql")} cannot be used: {fault}.";
        }

        return options.Parallel is < 1 or > 64 ? "--parallel must be from 1 to 64." : null;
    }

    /// <summary>Works until it is told to stop; then gives back what it holds. The whole process gives way to others on its machine, and leaves its first processor to a server that runs there too.</summary>
    public static async Task RunAsync(RemoteWorkerOptions options, TimeProvider clock, ILogger log, CancellationToken stop)
    {
        WorkerThread.GiveWayAll(leaveFirst: options.Server is { } server && IsHere(server));
        await using var redis = options.Redis is { } place ? new RedisLink(place, options.Prefix) : null;
        await using var postgres = options.PostgreSQL is { } text ? new PostgresJobLink(text) : null;
        using var points = Store(options) is (var kind, var address)
            ? new SharedPoints(StorageServices.OpenReader(kind, address, clock, message => LogDamage(log, message), out _)!)
            : (IPlotPoints)new RemotePoints(options.Server!, options.Key);
        var workers = Enumerable.Range(1, options.Parallel)
            .Select(i => options.Parallel == 1 ? options.Name : $"{options.Name}-{i}")
            .Select(name => new RemoteWorker(Desk(name), points, name, clock, log).RunAsync(stop));
        await Task.WhenAll(workers).ConfigureAwait(false);

        IJobDesk Desk(string name) => postgres is null ? new RedisDesk(redis!, name, clock) : new PostgresDesk(postgres, name, clock);
    }

    /// <summary>Whether a server is asked on this very machine, as far as its address tells: a name that leads here by way of a resolver is not looked up.</summary>
    internal static bool IsHere(Uri server) =>
        server.IsLoopback || (IPAddress.TryParse(server.IdnHost, out var address) && NetworkInterface.GetAllNetworkInterfaces()
            .Any(card => card.GetIPProperties().UnicastAddresses.Any(one => one.Address.Equals(address))));

    private static (StoreKind Kind, string Address)? Store(RemoteWorkerOptions options) =>
        options.MongoDB is { } mongo ? (StoreKind.MongoDB, mongo) : options.PointsPostgreSQL is { } postgres ? (StoreKind.PostgreSQL, postgres) : null;

    [LoggerMessage(3151, LogLevel.Warning, "{Message}")]
    private static partial void LogDamage(ILogger log, string message);
}
