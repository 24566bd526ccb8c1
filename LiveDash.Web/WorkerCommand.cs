using System.Globalization;
using System.Runtime.InteropServices;
using LiveDash.Core.Jobs.Remote;

namespace LiveDash.Web;

/// <summary>
/// <c>worker</c> on the command line: draws the plot jobs of a server that hands them out through Redis or PostgreSQL, and nothing else: no page, no store, no listener.
/// docs/JOBS.md says how the parts belong together.
/// </summary>
internal static class WorkerCommand
{
    private const string KeyVariable = "LIVEDASH_KEY";
    private const string MongoVariable = "LIVEDASH_MONGODB";
    private const string PostgresVariable = "LIVEDASH_POSTGRESQL";
    private const string PointsVariable = "LIVEDASH_POINTS_POSTGRESQL";
    private const string Usage = """
        LiveDash worker --redis HOST:PORT --server URL [--key KEY] [--prefix livedash:] [--name NAME] [--parallel 1]
        LiveDash worker --redis HOST:PORT --mongodb mongodb://... [--prefix livedash:] [--name NAME] [--parallel 1]
        LiveDash worker --postgresql CONNECTION [and the same without --prefix]
        --redis     the Redis of the server's LiveDash:Jobs:Redis, or any configuration text of StackExchange.Redis
        --postgresql  instead of --redis: the server's LiveDash:Jobs:PostgreSQL; better in the environment, as LIVEDASH_POSTGRESQL
        --server    the server that owns the points, such as http://main:5000
        --key       the server's LiveDash:Jobs:WorkerKey, or an API key that may read points; better in the environment, as LIVEDASH_KEY, where other users of the machine do not see it
        --mongodb   instead of --server: the server's LiveDash:Storage:MongoDB, to read points from there; better in the environment, as LIVEDASH_MONGODB
        --points-postgresql  instead of --server: the server's LiveDash:Storage:PostgreSQL, likewise; better in the environment, as LIVEDASH_POINTS_POSTGRESQL
        --prefix    the server's LiveDash:Jobs:RedisPrefix
        --name      what the worker calls itself; default the machine's name and the process
        --parallel  how many jobs it makes at once, 1 to 64
        """;

    private static readonly string[] s_options = ["--redis", "--postgresql", "--server", "--mongodb", "--points-postgresql", "--key", "--prefix", "--name", "--parallel"];

    /// <summary>Works until it is told to stop (SIGTERM, SIGINT).</summary>
    /// <param name="args">What follows the word worker.</param>
    /// <returns>0 after an orderly end, 2 where it could not begin.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var (options, fault) = Read(
            args, Environment.GetEnvironmentVariable(KeyVariable), Environment.GetEnvironmentVariable(MongoVariable), Environment.GetEnvironmentVariable(PostgresVariable), Environment.GetEnvironmentVariable(PointsVariable));
        if (options is null)
        {
            await Console.Error.WriteLineAsync(fault);
            return 2;
        }

        using var logs = LoggerFactory.Create(static builder => builder.AddSimpleConsole(static o => o.SingleLine = true));
        using var stop = new CancellationTokenSource();
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        await Console.Error.WriteLineAsync($"LiveDash worker {options.Name}: draws {options.Parallel} at once; points come from {options.Server?.ToString() ?? "the shared store"}.");
        await RemoteWorkers.RunAsync(options, TimeProvider.System, logs.CreateLogger("LiveDash.Worker"), stop.Token);
        return 0;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    /// <summary>Reads the command line.</summary>
    /// <param name="args">What follows the word worker.</param>
    /// <param name="key">The key of the environment, or null.</param>
    /// <param name="mongo">The connection string of the environment, or null; a server or a PostgreSQL on the command line goes before it.</param>
    /// <param name="postgres">The queue's connection string of the environment, or null; a Redis on the command line goes before it.</param>
    /// <param name="points">The store's connection string of the environment, or null; a server on the command line goes before it.</param>
    /// <returns>The options, or null and what is wrong.</returns>
    internal static (RemoteWorkerOptions? Options, string? Fault) Read(string[] args, string? key, string? mongo = null, string? postgres = null, string? points = null)
    {
        var said = new Dictionary<string, string>();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!s_options.Contains(args[i]) || i + 1 == args.Length) return (null, $"'{args[i]}' is not understood.{Environment.NewLine}{Usage}");
            said[args[i]] = args[i + 1];
        }

        var address = said.GetValueOrDefault("--server");
        var stored = said.GetValueOrDefault("--points-postgresql");
        var shared = said.GetValueOrDefault("--mongodb") ?? (address is null && stored is null ? mongo : null);
        stored ??= address is null && shared is null ? points : null;
        var redis = said.GetValueOrDefault("--redis");
        var queue = said.GetValueOrDefault("--postgresql") ?? (redis is null ? postgres : null);
        if ((redis is null && queue is null) || (address is null && shared is null && stored is null)) return (null, "A worker needs --redis or --postgresql, and --server, --mongodb or --points-postgresql." + Environment.NewLine + Usage);
        Uri? server = null;
        if (address is not null && !Uri.TryCreate(address, UriKind.Absolute, out server)) return (null, $"--server '{address}' is not an address such as http://main:5000.");
        if (!int.TryParse(said.GetValueOrDefault("--parallel", "1"), NumberStyles.None, CultureInfo.InvariantCulture, out var parallel)) parallel = 0;
        var options = new RemoteWorkerOptions { Redis = redis, PostgreSQL = queue, Server = server, MongoDB = shared, PointsPostgreSQL = stored, Key = said.GetValueOrDefault("--key", key!), Parallel = parallel };
        if (said.TryGetValue("--prefix", out var prefix)) options = options with { Prefix = prefix };
        if (said.TryGetValue("--name", out var name)) options = options with { Name = name };
        return RemoteWorkers.FaultOf(options) is { } fault ? (null, fault) : (options, null);
    }
}
