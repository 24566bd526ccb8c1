using System.Text;
using LiveDash.Core.Ingestion.Sources.Messages;
using LiveDash.Core.Ingestion.Sources.Setups;
using StackExchange.Redis;

namespace LiveDash.Core.Ingestion.Sources.Redis;

/// <summary>
/// Reads a stream of Redis as a member of a consumer group; entries are acknowledged after the commit, and those that were not are read first. An entry with one field holds a message; one with several is json of its fields.
/// </summary>
internal sealed class RedisKind : SourceKind
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    public override string Name => "redis";

    public override string Title => "Redis stream";

    public override string Help => "Reads a stream in a consumer group; entries are acknowledged once their points are kept.";

    public override IReadOnlyList<SourceField> Fields { get; } =
    [
        new("connection", "Connection", SourceFieldType.Secret, "127.0.0.1:6379", "Host and port, and options as StackExchange.Redis names them: host:6379,password=...,ssl=true."),
        new("stream", "Stream", SourceFieldType.Text, "", "The stream's key.") { IsRequired = true },
        new("group", "Group", SourceFieldType.Text, "livedash", "The consumer group; made where it is not there, from the stream's beginning."),
        .. MessageFields.All,
    ];

    public override async Task RunAsync(SourceContext context, CancellationToken cancellationToken)
    {
        await using var redis = await ConnectAsync(context, cancellationToken).ConfigureAwait(false);
        var database = redis.GetDatabase();
        var (stream, group) = (context.Values.Text("stream"), context.Values.Text("group"));
        await MakeGroupAsync(database, stream, group).ConfigureAwait(false);
        context.State.Works("Reading.");
        await using var run = new MessageRun(context);
        // First what was given to this consumer before and not acknowledged.
        RedisValue from = "0";
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var entries = await database.StreamReadGroupAsync(stream, group, context.Name, from, MessageRun.MaxBatch).WaitAsync(cancellationToken).ConfigureAwait(false);
            if (entries.Length == 0)
            {
                if (from == ">") await Task.Delay(s_pause, context.Parts.Time, cancellationToken).ConfigureAwait(false);
                from = ">";
                continue;
            }

            foreach (var entry in entries) await run.TakeAsync(Payload(entry), stream, cancellationToken).ConfigureAwait(false);
            await run.CommitAsync(cancellationToken).ConfigureAwait(false);
            await database.StreamAcknowledgeAsync(stream, group, [.. entries.Select(static entry => entry.Id)]).ConfigureAwait(false);
        }
    }

    public override async Task<string> TestAsync(SourceContext context, CancellationToken cancellationToken)
    {
        await using var redis = await ConnectAsync(context, cancellationToken).ConfigureAwait(false);
        var length = await redis.GetDatabase().StreamLengthAsync(context.Values.Text("stream")).ConfigureAwait(false);
        return $"Connected; the stream holds {length:N0} entries.";
    }

    private static async Task<ConnectionMultiplexer> ConnectAsync(SourceContext context, CancellationToken cancellationToken)
    {
        var options = ConfigurationOptions.Parse(context.Values.Text("connection"));
        options.ClientName = "LiveDash";
        options.AbortOnConnectFail = true;
        options.ConnectTimeout = 5_000;
        var connecting = ConnectionMultiplexer.ConnectAsync(options);
        try
        {
            return await connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The client cannot be told to give up; what it opens after all is closed again.
            _ = connecting.ContinueWith(static opened => opened.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            throw;
        }
    }

    private static async Task MakeGroupAsync(IDatabase database, string stream, string group)
    {
        try
        {
            await database.StreamCreateConsumerGroupAsync(stream, group, "0", createStream: true).ConfigureAwait(false);
        }
        catch (RedisServerException e) when (e.Message.StartsWith("BUSYGROUP", StringComparison.Ordinal))
        {
            // It is there already.
        }
    }

    private static byte[] Payload(StreamEntry entry)
    {
        // An entry that was trimmed away has no fields any more.
        if (entry.Values is not { Length: > 0 } fields) return [];
        if (fields.Length == 1) return (byte[]?)fields[0].Value ?? [];
        var text = new StringBuilder("{");
        foreach (var field in fields)
        {
            if (text.Length > 1) text.Append(',');
            text.Append(System.Text.Json.JsonSerializer.Serialize((string?)field.Name)).Append(':');
            text.Append(field.Value.TryParse(out double number) && double.IsFinite(number) ? number.ToString("R", System.Globalization.CultureInfo.InvariantCulture) : System.Text.Json.JsonSerializer.Serialize((string?)field.Value));
        }

        return Encoding.UTF8.GetBytes(text.Append('}').ToString());
    }
}
