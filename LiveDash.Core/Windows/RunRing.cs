using System.Numerics;

namespace LiveDash.Core.Windows;

/// <summary>Runs by number, of which the newest are kept: as many as the log holds, rounded up to a power of two. Not thread-safe.</summary>
internal sealed class RunRing
{
    private (long Number, DecayedRun Run)[] _runs = [];

    /// <summary>The run of a number, if it is kept.</summary>
    public bool TryGet(long number, out DecayedRun run)
    {
        run = default;
        if (_runs.Length == 0) return false;
        ref readonly var kept = ref _runs[(int)number & (_runs.Length - 1)];
        if (kept.Number != number) return false;
        run = kept.Run;
        return true;
    }

    /// <summary>Keeps a run, and room for <paramref name="held"/> of them.</summary>
    public void Put(long number, in DecayedRun run, long held)
    {
        if (held >= _runs.Length) Grow(held + 1);
        _runs[(int)number & (_runs.Length - 1)] = (number, run);
    }

    /// <summary>Forgets all and gives the memory back.</summary>
    public void Clear() => _runs = [];

    private void Grow(long held)
    {
        var old = _runs;
        _runs = new (long, DecayedRun)[BitOperations.RoundUpToPowerOf2((ulong)held)];
        Array.Fill(_runs, (-1, default));
        foreach (var (number, run) in old)
        {
            if (number >= 0) _runs[(int)number & (_runs.Length - 1)] = (number, run);
        }
    }
}
