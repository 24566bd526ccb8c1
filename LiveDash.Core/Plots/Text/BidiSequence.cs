namespace LiveDash.Core.Plots.Text;

/// <summary>Rules W1 to I2 of UAX 9 for one isolating run sequence. Thread-safe.</summary>
internal static class BidiSequence
{
    private const int MostBrackets = 63;

    /// <summary>Resolves the classes of a sequence and sets its levels.</summary>
    /// <param name="sequence">The places of its characters, in order.</param>
    /// <param name="text">The whole line.</param>
    /// <param name="original">The classes before X1.</param>
    /// <param name="classes">The classes after X8; resolved here.</param>
    /// <param name="embedding">The levels after X8; 255 where X9 removed the character.</param>
    /// <param name="levels">Where the levels go.</param>
    /// <param name="baseLevel">The line's level.</param>
    internal static void Resolve(List<int> sequence, ReadOnlySpan<int> text, BidiClass[] original, BidiClass[] classes, byte[] embedding, byte[] levels, byte baseLevel)
    {
        var level = embedding[sequence[0]];
        var before = Neighbour(embedding, sequence[0], -1, baseLevel);
        var lastIsOpen = original[sequence[^1]] is BidiClass.LRI or BidiClass.RLI or BidiClass.FSI;
        var after = lastIsOpen ? baseLevel : Neighbour(embedding, sequence[^1], 1, baseLevel);
        BidiClass start = Strong(Math.Max(level, before)), end = Strong(Math.Max(level, after));
        var kinds = new BidiClass[sequence.Count];
        for (var i = 0; i < kinds.Length; i++) kinds[i] = classes[sequence[i]];

        Weak(kinds, start);
        Brackets(kinds, sequence, text, original, Strong(level), start);
        Neutral(kinds, Strong(level), start, end);
        for (var i = 0; i < kinds.Length; i++)
        {
            // I1 and I2.
            var kind = kinds[i];
            var raise = (level & 1) == 0 ? kind == BidiClass.R ? 1 : kind is BidiClass.AN or BidiClass.EN ? 2 : 0 : kind is BidiClass.L or BidiClass.EN or BidiClass.AN ? 1 : 0;
            levels[sequence[i]] = (byte)(level + raise);
        }
    }

    private static BidiClass Strong(int level) => (level & 1) == 1 ? BidiClass.R : BidiClass.L;

    private static byte Neighbour(byte[] levels, int from, int step, byte baseLevel)
    {
        for (var i = from + step; i >= 0 && i < levels.Length; i += step)
        {
            if (levels[i] != byte.MaxValue) return levels[i];
        }

        return baseLevel;
    }

    private static bool IsIsolate(BidiClass kind) => kind is BidiClass.LRI or BidiClass.RLI or BidiClass.FSI or BidiClass.PDI;

    private static bool IsNeutral(BidiClass kind) => kind is BidiClass.B or BidiClass.S or BidiClass.WS or BidiClass.ON || IsIsolate(kind);

    // W1 to W7.
    private static void Weak(BidiClass[] kinds, BidiClass start)
    {
        var last = start;
        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] == BidiClass.NSM) kinds[i] = i == 0 ? start : IsIsolate(kinds[i - 1]) ? BidiClass.ON : kinds[i - 1];
        }

        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] is BidiClass.L or BidiClass.R or BidiClass.AL) last = kinds[i];
            else if (kinds[i] == BidiClass.EN && last == BidiClass.AL) kinds[i] = BidiClass.AN;
        }

        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] == BidiClass.AL) kinds[i] = BidiClass.R;
        }

        for (var i = 1; i + 1 < kinds.Length; i++)
        {
            if (kinds[i] == BidiClass.ES && kinds[i - 1] == BidiClass.EN && kinds[i + 1] == BidiClass.EN) kinds[i] = BidiClass.EN;
            else if (kinds[i] == BidiClass.CS && kinds[i - 1] == kinds[i + 1] && kinds[i - 1] is BidiClass.EN or BidiClass.AN) kinds[i] = kinds[i - 1];
        }

        for (var i = 0; i < kinds.Length;)
        {
            if (kinds[i] != BidiClass.ET)
            {
                i++;
                continue;
            }

            var until = i;
            while (until < kinds.Length && kinds[until] == BidiClass.ET) until++;
            var number = (i > 0 && kinds[i - 1] == BidiClass.EN) || (until < kinds.Length && kinds[until] == BidiClass.EN);
            Array.Fill(kinds, number ? BidiClass.EN : BidiClass.ON, i, until - i);
            i = until;
        }

        last = start;
        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] is BidiClass.ES or BidiClass.CS) kinds[i] = BidiClass.ON;
            if (kinds[i] is BidiClass.L or BidiClass.R) last = kinds[i];
            else if (kinds[i] == BidiClass.EN && last == BidiClass.L) kinds[i] = BidiClass.L;
        }
    }

    // N0 with BD16.
    private static void Brackets(BidiClass[] kinds, List<int> sequence, ReadOnlySpan<int> text, BidiClass[] original, BidiClass embedding, BidiClass start)
    {
        var open = new List<(int Closing, int At)>();
        var pairs = new List<(int Open, int Close)>();
        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] != BidiClass.ON) continue;
            var code = text[sequence[i]];
            if (BidiClasses.ClosingOf(code) is var closing && closing != 0)
            {
                if (open.Count == MostBrackets) break;
                open.Add((closing, i));
                continue;
            }

            // U+232A and U+3009 are canonically the same.
            if (code == 0x232a) code = 0x3009;
            var match = open.FindLastIndex(o => o.Closing == code);
            if (match < 0) continue;
            pairs.Add((open[match].At, i));
            open.RemoveRange(match, open.Count - match);
        }

        pairs.Sort();
        foreach (var (from, to) in pairs)
        {
            var inside = Inside(kinds, from, to, embedding);
            if (inside is null) continue;
            var direction = inside.Value;
            if (direction != embedding && Before(kinds, from, start) != direction) direction = embedding;
            Set(kinds, sequence, original, from, direction);
            Set(kinds, sequence, original, to, direction);
        }
    }

    // The embedding direction where it stands inside, else the other one where that does, else null.
    private static BidiClass? Inside(BidiClass[] kinds, int from, int to, BidiClass embedding)
    {
        BidiClass? found = null;
        for (var i = from + 1; i < to; i++)
        {
            if (Direction(kinds[i]) is not { } direction) continue;
            if (direction == embedding) return embedding;
            found = direction;
        }

        return found;
    }

    private static BidiClass Before(BidiClass[] kinds, int from, BidiClass start)
    {
        for (var i = from - 1; i >= 0; i--)
        {
            if (Direction(kinds[i]) is { } direction) return direction;
        }

        return start;
    }

    private static BidiClass? Direction(BidiClass kind) => kind switch
    {
        BidiClass.L => BidiClass.L,
        BidiClass.R or BidiClass.EN or BidiClass.AN => BidiClass.R,
        _ => null,
    };

    // Marks that stood on the bracket before W1 go with it.
    private static void Set(BidiClass[] kinds, List<int> sequence, BidiClass[] original, int at, BidiClass direction)
    {
        kinds[at] = direction;
        for (var i = at + 1; i < kinds.Length && original[sequence[i]] == BidiClass.NSM; i++) kinds[i] = direction;
    }

    // N1 and N2.
    private static void Neutral(BidiClass[] kinds, BidiClass embedding, BidiClass start, BidiClass end)
    {
        for (var i = 0; i < kinds.Length;)
        {
            if (!IsNeutral(kinds[i]))
            {
                i++;
                continue;
            }

            var until = i;
            while (until < kinds.Length && IsNeutral(kinds[until])) until++;
            var left = i == 0 ? start : Direction(kinds[i - 1]) ?? embedding;
            var right = until == kinds.Length ? end : Direction(kinds[until]) ?? embedding;
            Array.Fill(kinds, left == right ? left : embedding, i, until - i);
            i = until;
        }
    }
}
