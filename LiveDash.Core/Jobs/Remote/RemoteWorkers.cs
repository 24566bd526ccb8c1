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
        if (!RedisLink.IsConfiguration(options.Redis)) return $"--redis '{options.Redis}' is no address of a Redis, such as 127.0.0.1:6379.";
        if (options.Server is null == options.MongoDB is null) return "A worker reads points from the server (--server) or from the MongoDB that it keeps them in (--mongodb): name one of them.";
        if (options.Server is { Scheme: not ("http" or "https") }) return $"--server '{options.Server}' must be an http or https address.";
        if (options.MongoDB is { } mongo)
        {
            using var reader = StorageServices.OpenReader(mongo, TimeProvider.System, static _ => { }, out var fault);
            if (fault is not null) return $"--mongodb cannot be used: {fault}.";
        }

        return options.Parallel is < 1 or > 64 ? "--parallel must be from 1 to 64." : null;
    }

    /// <summary>Works until it is told to stop; then gives back what it holds. The whole process gives way to others on its machine.</summary>
    public static async Task RunAsync(RemoteWorkerOptions options, TimeProvider clock, ILogger log, CancellationToken stop)
    {
        WorkerThread.GiveWayAll();
        await using var link = new RedisLink(options.Redis, options.Prefix);
        using var points = options.MongoDB is { } mongo
            ? new SharedPoints(StorageServices.OpenReader(mongo, clock, message => LogDamage(log, message), out _)!)
            : (IPlotPoints)new RemotePoints(options.Server!, options.Key);
        var workers = Enumerable.Range(1, options.Parallel)
            .Select(i => new RedisWorker(link, points, options.Parallel == 1 ? options.Name : $"{options.Name}-{i}", clock, log).RunAsync(stop));
        await Task.WhenAll(workers).ConfigureAwait(false);
    }

    [LoggerMessage(3151, LogLevel.Warning, "{Message}")]
    private static partial void LogDamage(ILogger log, string message);
}
