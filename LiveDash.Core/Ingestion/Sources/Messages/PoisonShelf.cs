using System.Text;
using System.Text.Json;
using LiveDash.Core.Storage;

namespace LiveDash.Core.Ingestion.Sources.Messages;

/// <summary>
/// Messages that held nothing that could be taken, kept as documents so that somebody can look at them, have them read again, or forget them. At most <see cref="Max"/> a source, the oldest the first to go.
/// Thread-safe.
/// </summary>
public sealed class PoisonShelf(IDocumentStore documents) : IDisposable
{
    /// <summary>How many of a source are kept.</summary>
    public const int Max = 100;

    /// <summary>Up to how many bytes a message is kept whole, so that it can be read again.</summary>
    public const int MaxRawBytes = 64 * 1024;

    private const string Kind = "poison";
    private const int MaxShownBytes = 4096;
    private readonly SemaphoreSlim _changing = new(1, 1);
    // By source; those of all sources that were ever set up and have some.
    private Dictionary<string, int>? _counts;

    /// <summary>A message as it is set aside.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="payload">What it holds.</param>
    /// <param name="topic">Its topic, queue, stream or subject.</param>
    /// <param name="fault">What is wrong with it.</param>
    /// <param name="nowTicks">The clock, in UTC ticks.</param>
    public static PoisonMessage Message(string source, ReadOnlySpan<byte> payload, string topic, string fault, long nowTicks) => new(
        "", source, TimeText.Format(nowTicks), topic, fault, payload.Length, Encoding.UTF8.GetString(payload[..Math.Min(payload.Length, MaxShownBytes)]))
    {
        Raw = payload.Length <= MaxRawBytes ? payload.ToArray() : null,
    };

    /// <summary>How many of each source there are.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _counts) is { } known) return known;
        await _changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await LoadAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Those of a source, the newest first.</summary>
    public async Task<IReadOnlyList<PoisonMessage>> ListAsync(string source, CancellationToken cancellationToken) =>
        [.. (await documents.ListAsync(Kind, cancellationToken).ConfigureAwait(false))
            .Where(one => one.Id.StartsWith(source + "/", StringComparison.Ordinal))
            .Select(one => Read(one.Body) is { } message ? message with { Id = one.Id[(source.Length + 1)..] } : null).OfType<PoisonMessage>()
            .OrderByDescending(static one => one.At, StringComparer.Ordinal).ThenByDescending(static one => one.Id, StringComparer.Ordinal)];

    /// <summary>Sets messages of one source aside; completes once they are on disk.</summary>
    public async Task PutAsync(string source, IReadOnlyList<PoisonMessage> messages, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var there = (await ListAsync(source, cancellationToken).ConfigureAwait(false)).ToList();
            // Numbers run on for ever, so that a new one is never taken for an old one.
            var next = there.Count == 0 ? 0 : there.Max(static one => long.Parse(one.Id, System.Globalization.CultureInfo.InvariantCulture)) + 1;
            var kept = messages.TakeLast(Max).ToList();
            var changes = kept.Select((message, i) => new DocumentChange(Kind, $"{source}/{next + i:D10}", JsonSerializer.SerializeToUtf8Bytes(message, JsonSerializerOptions.Web)))
                .Concat(there.Skip(Max - kept.Count).Select(old => new DocumentChange(Kind, $"{source}/{old.Id}", null))).ToList();
            await documents.ApplyAsync(changes, cancellationToken).ConfigureAwait(false);
            await CountedAsync(source, Math.Min(Max, there.Count + kept.Count), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Forgets one message of a source, or all of them; how many went.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="id">Which one; null for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<int> ForgetAsync(string source, string? id, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var there = await ListAsync(source, cancellationToken).ConfigureAwait(false);
            var gone = there.Where(one => id is null || one.Id == id).ToList();
            if (gone.Count == 0) return 0;
            await documents.ApplyAsync([.. gone.Select(one => new DocumentChange(Kind, $"{source}/{one.Id}", null))], cancellationToken).ConfigureAwait(false);
            await CountedAsync(source, there.Count - gone.Count, cancellationToken).ConfigureAwait(false);
            return gone.Count;
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _changing.Dispose();

    private static PoisonMessage? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<PoisonMessage>(body, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task CountedAsync(string source, int count, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, int>(await LoadAsync(cancellationToken).ConfigureAwait(false));
        if (count == 0) counts.Remove(source);
        else counts[source] = count;
        Volatile.Write(ref _counts, counts);
    }

    private async Task<Dictionary<string, int>> LoadAsync(CancellationToken cancellationToken)
    {
        if (_counts is { } known) return known;
        var all = await documents.ListAsync(Kind, cancellationToken).ConfigureAwait(false);
        return _counts = all.CountBy(static one => one.Id[..Math.Max(0, one.Id.LastIndexOf('/'))]).ToDictionary();
    }
}
