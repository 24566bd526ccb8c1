using StackExchange.Redis;

namespace LiveDash.Core.Jobs.Redis;

/// <summary>
/// The connection to Redis, made when it is first used and made again by itself. What cannot be sent at once fails at once: whoever asks has a loop that asks
/// again, and a queue of old commands would come too late. Thread-safe.
/// </summary>
internal sealed class RedisLink(string configuration, string prefix) : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private ConnectionMultiplexer? _connection;

    /// <summary>The names of the keys.</summary>
    internal RedisKeys Keys { get; } = new(prefix);

    /// <summary>True where the text can be read.</summary>
    internal static bool IsConfiguration(string text)
    {
        try
        {
            return ConfigurationOptions.Parse(text).EndPoints.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>True where Redis does not answer, or refuses.</summary>
    internal static bool IsAway(Exception exception) => exception is RedisException or TimeoutException;

    /// <summary>The connection, which may be down just now.</summary>
    internal async Task<ConnectionMultiplexer> OpenAsync()
    {
        if (Volatile.Read(ref _connection) is { } open) return open;
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_connection is not null) return _connection;
            var options = ConfigurationOptions.Parse(configuration);
            options.AbortOnConnectFail = false;
            options.ConnectTimeout = 2_000;
            options.AsyncTimeout = 5_000;
            options.ReconnectRetryPolicy = new LinearRetry(500);
            options.BacklogPolicy = BacklogPolicy.FailFast;
            options.ClientName = "livedash";
            // For CONFIG GET appendonly alone.
            options.AllowAdmin = true;
            _connection = await ConnectionMultiplexer.ConnectAsync(options).ConfigureAwait(false);
            return _connection;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Runs a script of <see cref="RedisScripts"/> on a job.</summary>
    /// <exception cref="RedisException">Redis does not answer.</exception>
    internal async Task<RedisResult> RunAsync(string script, string id, params RedisValue[] values)
    {
        var connection = await OpenAsync().ConfigureAwait(false);
        return await connection.GetDatabase().ScriptEvaluateAsync(script, [Keys.Job(id), Keys.Stream], [(string)Keys.Events!, id, .. values]).ConfigureAwait(false);
    }

    /// <summary>Calls back at each event of a job, with nothing lost but what happens while there is no connection.</summary>
    internal async Task ListenAsync(Action onEvent)
    {
        var connection = await OpenAsync().ConfigureAwait(false);
        await connection.GetSubscriber().SubscribeAsync(Keys.Events, (_, _) => onEvent()).ConfigureAwait(false);
    }

    /// <summary>Makes the stream and its group where they are not there, as after Redis was emptied.</summary>
    internal async Task EnsureGroupAsync()
    {
        var connection = await OpenAsync().ConfigureAwait(false);
        try
        {
            await connection.GetDatabase().StreamCreateConsumerGroupAsync(Keys.Stream, RedisKeys.Group, StreamPosition.Beginning, createStream: true).ConfigureAwait(false);
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith("BUSYGROUP", StringComparison.Ordinal))
        {
            // It is there.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync().ConfigureAwait(false);
        _gate.Dispose();
    }
}
