using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace LiveDash.Core.Ingestion.Repeats;

/// <summary>
/// Prints of 32 bits of the newest keys, in two generations of which the older is forgotten whole. A key that was noted is always found; one in some hundred
/// million others is found too, so what is found must be looked up where it is known for certain. Generations begin small and double, up to 8 MiB by default; nothing is allocated for a key. Not thread-safe.
/// </summary>
/// <param name="generation">How many keys a generation holds at most; a power of two.</param>
internal sealed class RecentPrints(int generation)
{
    // Several times what is on its way at a time: what is older than two generations is looked up in the store.
    private const int First = 1 << 16;
    private uint[] _newer = new uint[Math.Min(generation, First) * 2];
    private uint[] _older = [0];
    private int _count;

    /// <summary>True when the next generation should begin before so many more are noted.</summary>
    public bool IsFull(int more) => _count > 0 && (_count + more) * 2L > _newer.Length;

    /// <summary>Has the processor fetch where a key will be noted: the tables are larger than its nearest caches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Prefetch(ulong mixed)
    {
        // An address that moves meanwhile costs nothing but the hint.
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref _newer[(int)mixed & (_newer.Length - 1)]));
    }

    /// <summary>Notes a key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Note(ulong mixed)
    {
        var print = PrintOf(mixed);
        var table = _newer;
        var mask = table.Length - 1;
        var at = (int)mixed & mask;
        while (table[at] != 0)
        {
            if (table[at] == print) return;
            at = (at + 1) & mask;
        }

        table[at] = print;
        _count++;
    }

    /// <summary>Whether a key was noted in this generation or the last; now and then also where it was not.</summary>
    public bool MayHold(ulong mixed) => Holds(_newer, mixed) || Holds(_older, mixed);

    /// <summary>Forgets the older generation and begins a new one.</summary>
    public void BeginGeneration()
    {
        var length = Math.Min(generation * 2L, _newer.Length * 2L);
        (_newer, _older) = (_older, _newer);
        if (_newer.Length < length) _newer = new uint[length];
        else Array.Clear(_newer);
        _count = 0;
    }

    /// <summary>Makes room for so many more in this generation: a batch may hold more than a generation.</summary>
    public void Reserve(int more)
    {
        if ((_count + more) * 2L <= _newer.Length) return;
        if (_count > 0) throw new InvalidOperationException("A generation grows while it is empty.");
        _newer = new uint[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)more * 2)];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Holds(uint[] table, ulong mixed)
    {
        var print = PrintOf(mixed);
        var mask = table.Length - 1;
        for (var at = (int)mixed & mask; table[at] != 0; at = (at + 1) & mask)
        {
            if (table[at] == print) return true;
        }

        return false;
    }

    private static uint PrintOf(ulong mixed) => (uint)(mixed >> 32) | 1;
}
