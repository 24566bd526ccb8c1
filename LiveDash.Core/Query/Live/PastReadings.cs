namespace LiveDash.Core.Query.Live;

/// <summary>
/// Which pasts are being read and which wait: beside those expressions that are judged, two at a time, so that a long one keeps neither their turns nor short ones behind it waiting. One that is closed or
/// begun anew meanwhile is read no further; one that cannot be read has that as its answer and is read again later, while the others go on. Bounded by the live expressions there are. Thread-safe;
/// <see cref="StepAsync"/> is for one caller at a time.
/// </summary>
internal sealed class PastReadings(PastReader reader, TimeProvider time)
{
    /// <summary>How many are read at the same time.</summary>
    public const int MaxRunning = 2;

    // So long a step waits for what is being read before those that run have their turn.
    private static readonly TimeSpan s_wait = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly Queue<LiveQuery> _waiting = new();
    private readonly List<Reading> _running = [];
    private readonly List<(LiveQuery Query, long Since, TimeSpan Pause)> _failed = [];
    private Exception? _fault;

    /// <summary>Adds one whose past is to be read.</summary>
    public void Enqueue(LiveQuery query)
    {
        lock (_gate) _waiting.Enqueue(query);
    }

    /// <summary>The newest fault of a past that could not be read since this was asked last; null for none.</summary>
    public Exception? TakeFault()
    {
        lock (_gate)
        {
            var fault = _fault;
            _fault = null;
            return fault;
        }
    }

    /// <summary>Ends the reading of one that is closed or begun anew.</summary>
    public void Stop(LiveQuery query)
    {
        lock (_gate)
        {
            foreach (var one in _running)
            {
                // Who waits for it must not run on within the lock.
                if (one.Query == query) _ = one.Stop.CancelAsync();
            }
        }
    }

    /// <summary>Reads on; comes back when nothing is left to read, and before that after a tenth of a second at the latest. Those whose past was read have begun.</summary>
    public async Task StepAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            End();
            var running = Start(cancellationToken);
            var left = s_wait - time.GetElapsedTime(begun);
            if (running.Length == 0 || left <= TimeSpan.Zero) return;
            Task ended = Task.WhenAny(running);
            await ended.WaitAsync(left, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private Task[] Start(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            foreach (var one in _failed.FindAll(one => time.GetElapsedTime(one.Since) >= one.Pause))
            {
                _failed.Remove(one);
                _waiting.Enqueue(one.Query);
            }

            while (_running.Count < MaxRunning && _waiting.TryDequeue(out var query))
            {
                if (!query.AwaitsPast(out var generation) || _running.Exists(one => one.Query == query && one.Generation == generation)) continue;
                var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                var token = stop.Token;
                _running.Add(new Reading(query, generation, Task.Run(() => reader.ReadAsync(query, token), CancellationToken.None), stop));
            }

            return [.. _running.Select(static one => one.Past)];
        }
    }

    private void End()
    {
        lock (_gate)
        {
            var ended = _running.FindAll(static one => one.Past.IsCompleted);
            _running.RemoveAll(ended.Contains);
            foreach (var one in ended)
            {
                if (one.Past.IsCompletedSuccessfully) one.Query.Begin(one.Past.Result, one.Generation);
                else Fail_NeedsLock(one);
                one.Stop.Dispose();
            }
        }
    }

    private void Fail_NeedsLock(Reading one)
    {
        // Asked in any case: what nobody looks at is reported as unobserved.
        var fault = one.Past.Exception?.InnerException;
        if (!one.Query.AwaitsPast(out var generation) || generation != one.Generation) return;
        if (one.Stop.IsCancellationRequested)
        {
            _waiting.Enqueue(one.Query);
            return;
        }

        fault ??= new OperationCanceledException();
        _fault = fault;
        _failed.Add((one.Query, time.GetTimestamp(), one.Query.FailPast(fault.Message)));
    }

    private sealed record Reading(LiveQuery Query, int Generation, Task<LivePast> Past, CancellationTokenSource Stop);
}
