using System.Numerics;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>
/// A set of keys of points with senders' ids, in one array by linear probing: nothing is allocated for a key, and what was sealed leaves room for what comes next, where a HashSet that is
/// trimmed and grown anew for each stretch of a file leaves megabytes to the collector. 24 bytes a slot, at most three in four taken. Not thread-safe.
/// </summary>
internal sealed class SenderKeys
{
    // An empty set keeps an array of so many slots at most, 3 MiB.
    private const int MostKept = 1 << 17;
    private const int Fewest = 1 << 10;
    // A slot is free where its sender is 0, which no key has.
    private SenderKey[] _slots = new SenderKey[Fewest];

    /// <summary>How many keys are in it; bounded by the head's limit of who fills it.</summary>
    public int Count { get; private set; }

    /// <summary>Whether a key is in.</summary>
    public bool Contains(SenderKey key) => _slots[Find(key)].Sender != 0;

    /// <summary>Adds a key, whose sender is not 0; false where it is in already.</summary>
    public bool Add(SenderKey key)
    {
        var at = Find(key);
        if (_slots[at].Sender != 0) return false;
        _slots[at] = key;
        if (++Count * 4L > _slots.Length * 3L) Grow();
        return true;
    }

    /// <summary>Takes a key out; nothing where it is not in.</summary>
    public void Remove(SenderKey key)
    {
        var gap = Find(key);
        if (_slots[gap].Sender == 0) return;
        var mask = _slots.Length - 1;
        // What stands behind moves up, so that no search ends too early (Knuth, The Art of Computer Programming 3, 6.4, algorithm R).
        for (var at = (gap + 1) & mask; _slots[at].Sender != 0; at = (at + 1) & mask)
        {
            if (((at - Home(_slots[at])) & mask) < ((at - gap) & mask)) continue;
            _slots[gap] = _slots[at];
            gap = at;
        }

        _slots[gap] = default;
        Count--;
    }

    /// <summary>Gives back what an empty set does not need.</summary>
    public void Trim()
    {
        if (Count == 0 && _slots.Length > MostKept) _slots = new SenderKey[Fewest];
    }

    /// <summary>Takes all out.</summary>
    public void Clear()
    {
        Array.Clear(_slots);
        Count = 0;
        Trim();
    }

    private int Find(SenderKey key)
    {
        var mask = _slots.Length - 1;
        var at = Home(key);
        while (_slots[at].Sender != 0 && _slots[at] != key) at = (at + 1) & mask;
        return at;
    }

    // The sender is a hash; its product with an odd number takes series and time into the upper bits, of which the slot is made.
    private int Home(SenderKey key)
    {
        var mixed = (key.Sender ^ ((ulong)key.Ticks * 0xd6e8feb86659fd93) ^ (ulong)key.Series) * 0x9e3779b97f4a7c15;
        return (int)(mixed >> (64 - BitOperations.Log2((uint)_slots.Length)));
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new SenderKey[old.Length * 2];
        foreach (var key in old)
        {
            if (key.Sender != 0) _slots[Find(key)] = key;
        }
    }
}
