using Microsoft.Extensions.Logging;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>Asks <see cref="RetentionClock"/>, keeps what it must know over a restart, and says when it waits. Its step is taken by one thread at a time.</summary>
internal sealed class RetentionKeeper(StoreParts parts, StoreWriter writer, TimeProvider time, ILogger logger)
{
    private const string Kind = "store";
    private const string Id = "retention";

    // A crash makes a gap of so much at most, far from what counts as a jump.
    private static readonly TimeSpan s_keepEvery = TimeSpan.FromMinutes(5);

    private readonly bool _hadPoints = parts.Index.Points > 0;
    private readonly long _begun = time.GetTimestamp();
    private RetentionClock? _clock;
    private RetentionMemory? _kept;
    private bool _waits;
    private long _arrivedAt;

    /// <summary>Points arrived just now. Any thread.</summary>
    public void NoteArrival() => Interlocked.Exchange(ref _arrivedAt, time.GetUtcNow().UtcTicks);

    /// <summary>One step.</summary>
    /// <param name="now">The wall clock.</param>
    /// <returns>The time from which the age of points is counted, in UTC ticks; null where nothing is to be deleted by age.</returns>
    public async Task<long?> StepAsync(DateTimeOffset now)
    {
        if (parts.Options.RetentionDays <= 0 && parts.Tiers.IsEmpty) return null;
        _clock ??= new RetentionClock(_kept = await ReadAsync().ConfigureAwait(false), _hadPoints);
        var ageFrom = _clock.Step(now.UtcTicks, time.GetElapsedTime(_begun).Ticks, Interlocked.Read(ref _arrivedAt));
        Tell();
        var memory = _clock.Memory;
        var isNews = _kept is null || memory.SeenAt - _kept.SeenAt >= s_keepEvery.Ticks || memory.SeenAt < _kept.SeenAt || memory.Wait > _kept.Wait;
        if (!isNews) return ageFrom;
        await writer.ChangeAsync(
            new ChangeWork(() => parts.Database.WriteDocuments([new DocumentChange(Kind, Id, DocumentJson.Write(memory))]), null, ChangeKind.Owes), CancellationToken.None).ConfigureAwait(false);
        _kept = memory;
        return ageFrom;
    }

    private void Tell()
    {
        var waits = _clock!.Wait > TimeSpan.Zero;
        if (waits && !_waits) logger.LogWarning("Nothing is deleted by age for {Hours:0.#} hours, because {Reason}", _clock.Wait.TotalHours, _clock.Reason);
        parts.Health.Waits(waits ? FormattableString.Invariant($"Nothing is deleted by age for {_clock.Wait.TotalHours:0.#} hours, because {_clock.Reason}.") : null);
        _waits = waits;
    }

    private async Task<RetentionMemory?> ReadAsync()
    {
        var body = await parts.Database.GetDocumentAsync(Kind, Id, CancellationToken.None).ConfigureAwait(false);
        return body is null ? null : DocumentJson.TryRead<RetentionMemory>(body);
    }
}
