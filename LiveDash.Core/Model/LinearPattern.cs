using System.Globalization;
using System.Text.RegularExpressions;

namespace LiveDash.Core.Model;

/// <summary>
/// Regular expressions that people write: matched in time linear in the text, by .NET's engine without backtracking. That engine spells counted repetitions out, so those are bounded as RE2 and Go bound them: at most
/// <see cref="MaxRepeats"/>, those within others multiplied; and as repetitions stand side by side too, all parts spelled out are <see cref="MaxParts"/> at most. Stateless, so safe on any thread.
/// </summary>
public static class LinearPattern
{
    /// <summary>How often a part may be said to stand in a row, all in all.</summary>
    public const int MaxRepeats = 1_000;

    /// <summary>How many parts an expression that repeats some has, spelled out: the longest repetition and a little around it. The engine's states grow with them, and it looks at its clock only between a thousand characters.</summary>
    public const int MaxParts = 1_200;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    /// <summary>Reads an expression.</summary>
    /// <exception cref="ArgumentException">It cannot be read, repeats too much, or needs to look around or back; the message says which.</exception>
    public static Regex Compile(string pattern)
    {
        CheckRepeats(pattern);
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, s_patience);
        }
        catch (NotSupportedException fault)
        {
            throw new ArgumentException("Look-around, back references and atomic groups are not understood: " + fault.Message, nameof(pattern), fault);
        }
    }

    // Each group knows by how much its largest part is multiplied, and how many parts it is spelled out; what follows a part multiplies both.
    private static void CheckRepeats(string pattern)
    {
        var groups = new Stack<(int Most, long Parts)>();
        var (most, last) = (1, 1);
        // Parts of the group until here, and of them those of the last one.
        var (parts, lastParts) = (0L, 0L);
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '(':
                    CheckOptions(pattern, i);
                    groups.Push((most, parts));
                    (most, last, parts, lastParts) = (1, 1, 0, 0);
                    break;
                case ')' when groups.TryPop(out var before):
                    (last, most) = (most, Math.Max(before.Most, most));
                    (lastParts, parts) = (Math.Max(1, parts), before.Parts + Math.Max(1, parts));
                    break;
                case '[':
                    i = EndOfClass(pattern, i);
                    Part();
                    break;
                case '\\':
                    i = EndOfEscape(pattern, i);
                    Part();
                    break;
                case '{' when TryCount(pattern, i, out var count, out var end):
                    if ((long)last * count > MaxRepeats) throw new ArgumentException($"invalid repeat count: `{pattern[i..(end + 1)]}` repeats more than {MaxRepeats:N0} times in all", nameof(pattern));
                    parts += lastParts * (Math.Max(1, count) - 1);
                    lastParts *= Math.Max(1, count);
                    if (parts + groups.Sum(static one => one.Parts) > MaxParts) throw new ArgumentException($"invalid repeat count: with `{pattern[i..(end + 1)]}` the expression is more than {MaxParts:N0} parts, spelled out", nameof(pattern));
                    last *= Math.Max(1, count);
                    most = Math.Max(most, last);
                    i = end;
                    break;
                case '*' or '+' or '?':
                    break;
                default:
                    Part();
                    break;
            }
        }

        void Part() => (last, lastParts, parts) = (1, 1, parts + 1);
    }

    // What .NET passes over and RE2 does not know would hide repetitions from the count: comments, and blanks between a part and its number.
    private static void CheckOptions(string pattern, int open)
    {
        if (open + 2 >= pattern.Length || pattern[open + 1] != '?') return;
        if (pattern[open + 2] == '#') throw new ArgumentException("comments, `(?#`, are not understood", nameof(pattern));
        for (var i = open + 2; i < pattern.Length && pattern[i] is '+' or '-' or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z'); i++)
        {
            if (pattern[i] is 'x' or 'X') throw new ArgumentException($"the option x, `{pattern[open..(i + 1)]}`, is not understood", nameof(pattern));
            if (pattern[i] is 'P') return;
        }
    }

    private static int EndOfClass(string pattern, int at)
    {
        // A bracket that comes first, or first behind a negation, is a bracket.
        var i = at + 1;
        if (i < pattern.Length && pattern[i] == '^') i++;
        if (i < pattern.Length && pattern[i] == ']') i++;
        for (; i < pattern.Length && pattern[i] != ']'; i++)
        {
            if (pattern[i] == '\\') i = EndOfEscape(pattern, i);
            else if (string.CompareOrdinal(pattern, i, "[::]", 0, 4) == 0) throw new ArgumentException("`[::]` within a class is not understood", nameof(pattern));
        }

        return i;
    }

    // \p{Greek} has braces that count nothing, and \c takes the sign behind it, whichever that is.
    private static int EndOfEscape(string pattern, int at)
    {
        if (at + 1 < pattern.Length && pattern[at + 1] == 'c') return at + 2;
        var end = at + 2 < pattern.Length && pattern[at + 1] is 'p' or 'P' or 'x' && pattern[at + 2] == '{' ? pattern.IndexOf('}', at) : -1;
        return end < 0 ? at + 1 : end;
    }

    private static bool TryCount(string pattern, int at, out int count, out int end)
    {
        count = 0;
        end = at + 1;
        while (end < pattern.Length && (char.IsAsciiDigit(pattern[end]) || pattern[end] == ',')) end++;
        if (end == pattern.Length || pattern[end] != '}' || !char.IsAsciiDigit(pattern[at + 1])) return false;
        foreach (var part in pattern[(at + 1)..end].Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            count = Math.Max(count, int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue);
        }

        return true;
    }
}
