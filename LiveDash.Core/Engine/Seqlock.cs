namespace LiveDash.Core.Engine;

/// <summary>
/// A sequence lock: one writer publishes plain fields, any number of readers copy them and retry when a write fell in between.
/// The writer never waits, so a slow reader cannot hold it up. It is a mutable struct: keep it in a field and never copy it.
/// </summary>
/// <remarks>After H.-J. Boehm, "Can seqlocks get along with programming language memory models?" (MSPC 2012).</remarks>
internal struct Seqlock
{
    private int _sequence;

    /// <summary>Opens a write; only the one writer may call it.</summary>
    public void BeginWrite()
    {
        Volatile.Write(ref _sequence, _sequence + 1);
        Interlocked.MemoryBarrier();
    }

    /// <summary>Closes the write and publishes what was written.</summary>
    public void EndWrite() => Volatile.Write(ref _sequence, _sequence + 1);

    /// <summary>Opens a read; waits, yielding, while a write is under way.</summary>
    public readonly int BeginRead()
    {
        var wait = default(SpinWait);
        while (true)
        {
            var sequence = Volatile.Read(in _sequence);
            if ((sequence & 1) == 0) return sequence;
            wait.SpinOnce();
        }
    }

    /// <summary>True when what was copied since <see cref="BeginRead"/> may be torn and must be copied again.</summary>
    public readonly bool MustRetry(int sequence)
    {
        Interlocked.MemoryBarrier();
        return Volatile.Read(in _sequence) != sequence;
    }
}
