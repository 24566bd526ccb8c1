using LiveDash.Core.Jobs.Redis;
using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Jobs.Remote;

/// <summary>Workers without a server around them: <c>LiveDash worker</c>.</summary>
public static class RemoteWorkers
{
    /// <summary>What is wrong with the options, or null.</summary>
    public static string? FaultOf(RemoteWorkerOptions options)
    {
        if (!RedisLink.IsConfiguration(options.Redis)) return $"--redis '{options.Redis}' is no address of a Redis, such as 127.0.0.1:6379.";
        if (options.Server.Scheme is not ("http" or "https")) return $"--server '{options.Server}' must be an http or https address.";
        return options.Parallel is < 1 or > 64 ? "--parallel must be from 1 to 64." : null;
    }

    /// <summary>Works until it is told to stop; then gives back what it holds.</summary>
    public static async Task RunAsync(RemoteWorkerOptions options, TimeProvider clock, ILogger log, CancellationToken stop)
    {
        await using var link = new RedisLink(options.Redis, options.Prefix);
        using var points = new RemotePoints(options.Server, options.Key);
        var workers = Enumerable.Range(1, options.Parallel)
            .Select(i => new RedisWorker(link, points, options.Parallel == 1 ? options.Name : $"{options.Name}-{i}", clock, log).RunAsync(stop));
        await Task.WhenAll(workers).ConfigureAwait(false);
    }
}
