namespace LiveDash.Core.Plots.Text;

/// <summary>Rules X1 to X8 of UAX 9: levels and overrides of explicit embeddings and isolates. Used once, by one thread.</summary>
internal sealed class BidiEmbedding(BidiClass[] original, int[] partner, byte baseLevel)
{
    // The depth that UAX 9 sets (BD2); what is deeper is counted and changes no level.
    private const int MaxDepth = 125;
    private readonly Stack<(byte Level, BidiClass? Override, bool Isolate)> _stack = new();
    private int _overflowIsolates;
    private int _overflowEmbeddings;
    private int _validIsolates;

    /// <summary>Sets each character's level, and its class where an override says so.</summary>
    internal void Apply(BidiClass[] classes, byte[] levels)
    {
        _stack.Push((baseLevel, null, false));
        for (var i = 0; i < original.Length; i++)
        {
            var kind = original[i];
            if (kind == BidiClass.FSI) kind = BidiText.FirstStrong(original, i + 1, Math.Min(partner[i], original.Length), partner) == 1 ? BidiClass.RLI : BidiClass.LRI;
            switch (kind)
            {
                case BidiClass.RLE or BidiClass.LRE or BidiClass.RLO or BidiClass.LRO:
                    levels[i] = BidiText.Removed;
                    if (CanNest(kind, out var next)) _stack.Push((next, OverrideOf(kind), false));
                    else if (_overflowIsolates == 0) _overflowEmbeddings++;
                    break;
                case BidiClass.RLI or BidiClass.LRI:
                    Take(i, classes, levels);
                    if (CanNest(kind, out next))
                    {
                        _validIsolates++;
                        _stack.Push((next, null, true));
                    }
                    else
                    {
                        _overflowIsolates++;
                    }

                    break;
                case BidiClass.PDI:
                    EndIsolate();
                    Take(i, classes, levels);
                    break;
                case BidiClass.PDF:
                    levels[i] = BidiText.Removed;
                    EndEmbedding();
                    break;
                case BidiClass.B:
                    levels[i] = baseLevel;
                    break;
                case BidiClass.BN:
                    levels[i] = BidiText.Removed;
                    break;
                default:
                    Take(i, classes, levels);
                    break;
            }
        }
    }

    private static BidiClass? OverrideOf(BidiClass kind) => kind switch { BidiClass.RLO => BidiClass.R, BidiClass.LRO => BidiClass.L, _ => null };

    private bool CanNest(BidiClass kind, out byte next)
    {
        var toLeft = kind is BidiClass.RLE or BidiClass.RLO or BidiClass.RLI;
        var level = _stack.Peek().Level;
        next = (byte)(toLeft ? (level + 1) | 1 : (level + 2) & ~1);
        return next <= MaxDepth && _overflowIsolates == 0 && _overflowEmbeddings == 0;
    }

    private void Take(int i, BidiClass[] classes, byte[] levels)
    {
        var top = _stack.Peek();
        levels[i] = top.Level;
        classes[i] = top.Override ?? original[i];
    }

    private void EndIsolate()
    {
        if (_overflowIsolates > 0)
        {
            _overflowIsolates--;
            return;
        }

        if (_validIsolates == 0) return;
        _overflowEmbeddings = 0;
        while (!_stack.Pop().Isolate)
        {
            // Embeddings that were not ended end with the isolate around them.
        }

        _validIsolates--;
    }

    private void EndEmbedding()
    {
        if (_overflowIsolates > 0) return;
        if (_overflowEmbeddings > 0) _overflowEmbeddings--;
        else if (!_stack.Peek().Isolate && _stack.Count >= 2) _stack.Pop();
    }
}
