using System.Globalization;
using System.Threading.Channels;
using LiveDash.Core.Ingestion.Sources.Setups;
using LiveDash.Core.Model;

namespace LiveDash.Core.Ingestion.Forwarding;

/// <summary>
/// Hands points on: what comes is written to a bounded queue on disk, from which it is sent, again and again until it is taken. A receiver that is away harms nobody here. How a body is sent is the inheritor's.
/// </summary>
internal abstract class ForwardKind(ForwardHub hub) : SourceKind
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_gather = TimeSpan.FromMilliseconds(500);

    public override bool IsForward => true;

    /// <summary>The settings that all ways onward share.</summary>
    protected static IReadOnlyList<SourceField> Shared { get; } =
    [
        new("match", "Series", SourceFieldType.Text, "", "Only these, by a pattern: cpu.* or room.temp{room=*}; without one all."),
        new("every", "Aggregated by", SourceFieldType.Duration, "", "A length of time, such as 1m: then mean, min, max, count and last of it are sent in the place of its points."),
        new("maxDisk", "Queue on disk", SourceFieldType.Number, "256", "How many MiB may wait for the receiver; past it the oldest are dropped and counted."),
    ];

    /// <summary>Whether bodies are NDJSON; else line protocol.</summary>
    protected abstract bool IsJson { get; }

    public override async Task RunAsync(SourceContext context, CancellationToken cancellationToken)
    {
        var directory = Path.Combine(context.Parts.Directory.Path, "forward", context.Name);
        var queue = new DiskQueue(directory, (long)(context.Values.Number("maxDisk") * 1024 * 1024));
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var way = hub.Open();
        var gathering = GatherAsync(context, way, queue, ended.Token);
        try
        {
            await SendAllAsync(context, queue, gathering, ended.Token).ConfigureAwait(false);
        }
        finally
        {
            hub.Close(way);
            await ended.CancelAsync().ConfigureAwait(false);
            await gathering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Sends one body.</summary>
    /// <exception cref="ForwardRefusedException">It will never be taken.</exception>
    protected abstract Task SendAsync(SourceContext context, byte[] body, CancellationToken cancellationToken);

    protected override IEnumerable<SettingOf> Check(SourceValues values)
    {
        if (values.Text("match") is { Length: > 0 } match && !SeriesPattern.TryParse(match, out _)) yield return new("match", "The pattern is such as cpu.* or room.temp{room=*}.");
        if (values.Number("maxDisk") is not (>= 1 and <= 1_000_000)) yield return new("maxDisk", "The queue is from 1 MiB to 1,000,000 MiB.");
    }

    private async Task SendAllAsync(SourceContext context, DiskQueue queue, Task gathering, CancellationToken cancellationToken)
    {
        long sent = 0;
        long refused = 0;
        var pause = TimeSpan.FromSeconds(1);
        while (true)
        {
            if (gathering.IsFaulted) await gathering.ConfigureAwait(false);
            if (queue.Peek() is not var (number, body, points))
            {
                Tell();
                await Task.Delay(s_gather, context.Parts.Time, cancellationToken).ConfigureAwait(false);
                continue;
            }

            try
            {
                await SendAsync(context, body, cancellationToken).ConfigureAwait(false);
                sent += points;
                pause = TimeSpan.FromSeconds(1);
                queue.Remove(number);
            }
            catch (ForwardRefusedException e)
            {
                refused += points;
                queue.Remove(number);
                context.State.Fails($"The receiver refused {points:N0} points, which are lost: {e.Message}");
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is not OutOfMemoryException)
            {
                context.State.Fails($"{e.Message} {Figures()}");
                await Task.Delay(pause, context.Parts.Time, cancellationToken).ConfigureAwait(false);
                pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, s_longestPause.Ticks));
            }
        }

        void Tell() => context.State.Works(Figures());

        string Figures()
        {
            var (waiting, _, dropped) = queue.Now;
            return string.Create(CultureInfo.InvariantCulture, $"{sent:N0} points sent, {waiting:N0} wait on disk, {dropped + hub.Dropped:N0} dropped, {refused:N0} refused.");
        }
    }

    private async Task GatherAsync(SourceContext context, Channel<PointBatch> way, DiskQueue queue, CancellationToken cancellationToken)
    {
        SeriesPattern.TryParse(context.Values.Text("match"), out var pattern);
        var writer = new ForwardWriter(context.Parts.Catalog, context.Values.Text("match").Length == 0 ? null : pattern, IsJson);
        var every = SourceValues.TryDuration(context.Values.Text("every"), out var length) ? length : TimeSpan.Zero;
        using var timer = new PeriodicTimer(every == TimeSpan.Zero ? s_gather : every, context.Parts.Time);
        try
        {
            do
            {
                Take(way, writer, queue, every != TimeSpan.Zero);
                if (every != TimeSpan.Zero) writer.AddSums(context.Now);
                Put(writer, queue);
            }
            while (await WaitAsync(way, timer, every, writer, queue, cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            Take(way, writer, queue, every != TimeSpan.Zero);
            if (every != TimeSpan.Zero) writer.AddSums(context.Now);
            Put(writer, queue);
        }
    }

    // Between two ends of a stretch the batches are taken as they come, so that none is dropped for lack of room.
    private static async Task<bool> WaitAsync(Channel<PointBatch> way, PeriodicTimer timer, TimeSpan every, ForwardWriter writer, DiskQueue queue, CancellationToken cancellationToken)
    {
        var tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
        while (!tick.IsCompleted)
        {
            var more = way.Reader.WaitToReadAsync(cancellationToken).AsTask();
            if (await Task.WhenAny(tick, more).ConfigureAwait(false) != more) break;
            if (!await more.ConfigureAwait(false)) break;
            Take(way, writer, queue, every != TimeSpan.Zero);
        }

        return await tick.ConfigureAwait(false);
    }

    private static void Take(Channel<PointBatch> way, ForwardWriter writer, DiskQueue queue, bool isSummed)
    {
        while (way.Reader.TryRead(out var batch))
        {
            try
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    if (isSummed) writer.Sum(batch.Series[i], batch.Values[i]);
                    else writer.Add(batch.Series[i], batch.Times[i], batch.Values[i], batch.X.Length > 0 ? batch.X[i] : double.NaN, batch.Y.Length > 0 ? batch.Y[i] : double.NaN);
                    if (writer.Points >= ForwardWriter.MaxPoints) Put(writer, queue);
                }
            }
            finally
            {
                batch.ReleaseRead();
            }
        }
    }

    private static void Put(ForwardWriter writer, DiskQueue queue)
    {
        if (writer.Points == 0) return;
        queue.Add(writer.Body, writer.Points);
        writer.Clear();
    }
}
