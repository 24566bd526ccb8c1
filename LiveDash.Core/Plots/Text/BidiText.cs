namespace LiveDash.Core.Plots.Text;

/// <summary>
/// Embedding levels of one line of text after the Unicode Bidirectional Algorithm (UAX 9, Unicode 15), rules P2 to L2. Every rule is followed, with
/// embeddings, overrides, isolates and paired brackets; mirroring (L4) is the shaper's. Thread-safe.
/// </summary>
internal static class BidiText
{
    /// <summary>The level of what rule X9 removes, until the end.</summary>
    internal const byte Removed = byte.MaxValue;

    /// <summary>True where no character can turn the direction, so that all levels are 0.</summary>
    internal static bool IsPlain(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c >= 0x590 && c is not (>= '\u2010' and <= '\u2027') and not (>= '\u2030' and <= '\u205f') and not (>= '\u2070' and <= '\ud7ff')) return false;
        }

        return true;
    }

    /// <summary>The level of each code point: even reads from the left, odd from the right.</summary>
    /// <param name="text">Code points of one line.</param>
    /// <param name="baseLevel">The line's own level: 1 where its first strong character is right-to-left, else 0 (P2, P3).</param>
    internal static byte[] Levels(ReadOnlySpan<int> text, out byte baseLevel)
    {
        var original = new BidiClass[text.Length];
        for (var i = 0; i < text.Length; i++) original[i] = BidiClasses.Of(text[i]);
        var partner = MatchIsolates(original);
        baseLevel = FirstStrong(original, 0, original.Length, partner);
        var levels = new byte[text.Length];
        var classes = (BidiClass[])original.Clone();
        new BidiEmbedding(original, partner, baseLevel).Apply(classes, levels);
        var embedding = (byte[])levels.Clone();
        foreach (var sequence in Sequences(original, embedding, partner)) BidiSequence.Resolve(sequence, text, original, classes, embedding, levels, baseLevel);
        Reset(original, levels, baseLevel);
        return levels;
    }

    /// <summary>The order from the left in which runs of these levels are shown (L2).</summary>
    internal static int[] Order(ReadOnlySpan<byte> levels)
    {
        var order = new int[levels.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        int highest = 0, lowestOdd = byte.MaxValue;
        foreach (var level in levels)
        {
            highest = Math.Max(highest, level);
            if ((level & 1) == 1) lowestOdd = Math.Min(lowestOdd, level);
        }

        for (var level = highest; level >= lowestOdd; level--)
        {
            for (var i = 0; i < order.Length;)
            {
                if (levels[order[i]] < level)
                {
                    i++;
                    continue;
                }

                var end = i + 1;
                while (end < order.Length && levels[order[end]] >= level) end++;
                Array.Reverse(order, i, end - i);
                i = end;
            }
        }

        return order;
    }

    // BD9: for each isolate initiator the place of its PDI, or the text's length; for each matched PDI its initiator; else -1.
    private static int[] MatchIsolates(BidiClass[] classes)
    {
        var partner = new int[classes.Length];
        Array.Fill(partner, -1);
        var open = new Stack<int>();
        for (var i = 0; i < classes.Length; i++)
        {
            if (IsInitiator(classes[i]))
            {
                open.Push(i);
                partner[i] = classes.Length;
            }
            else if (classes[i] == BidiClass.PDI && open.TryPop(out var initiator))
            {
                partner[initiator] = i;
                partner[i] = initiator;
            }
        }

        return partner;
    }

    private static bool IsInitiator(BidiClass value) => value is BidiClass.LRI or BidiClass.RLI or BidiClass.FSI;

    /// <summary>The direction of the first strong character between two places, outside isolates: 1 for right to left (P2, P3).</summary>
    internal static byte FirstStrong(BidiClass[] classes, int from, int to, int[] partner)
    {
        for (var i = from; i < to; i++)
        {
            if (classes[i] == BidiClass.L) return 0;
            if (classes[i] is BidiClass.R or BidiClass.AL) return 1;
            if (IsInitiator(classes[i])) i = partner[i];
        }

        return 0;
    }

    // BD13: level runs, joined over the isolates between them.
    private static List<List<int>> Sequences(BidiClass[] original, byte[] levels, int[] partner)
    {
        var runs = new List<List<int>>();
        var runOf = new Dictionary<int, List<int>>();
        for (var i = 0; i < levels.Length; i++)
        {
            if (levels[i] == Removed) continue;
            if (runs.Count == 0 || levels[runs[^1][^1]] != levels[i])
            {
                runs.Add([]);
                runOf[i] = runs[^1];
            }

            runs[^1].Add(i);
        }

        var sequences = new List<List<int>>();
        foreach (var run in runs)
        {
            if (original[run[0]] == BidiClass.PDI && partner[run[0]] >= 0) continue;
            var whole = new List<int>(run);
            while (IsInitiator(original[whole[^1]]) && partner[whole[^1]] < original.Length && runOf.TryGetValue(partner[whole[^1]], out var more)) whole.AddRange(more);
            sequences.Add(whole);
        }

        return sequences;
    }

    // L1, and levels for what X9 removed: those of the character before.
    private static void Reset(BidiClass[] original, byte[] levels, byte baseLevel)
    {
        for (var i = 0; i < levels.Length; i++)
        {
            if (levels[i] == Removed) levels[i] = i == 0 ? baseLevel : levels[i - 1];
        }

        var trailing = true;
        for (var i = levels.Length - 1; i >= 0; i--)
        {
            if (original[i] is BidiClass.B or BidiClass.S) trailing = true;
            else if (!(original[i] is BidiClass.WS or BidiClass.PDI or BidiClass.BN or BidiClass.PDF or BidiClass.LRE or BidiClass.RLE or BidiClass.LRO or BidiClass.RLO || IsInitiator(original[i]))) trailing = false;
            if (trailing) levels[i] = baseLevel;
        }
    }
}
