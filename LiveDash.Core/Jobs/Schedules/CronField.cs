using System.Globalization;

namespace LiveDash.Core.Jobs.Schedules;

/// <summary>One field of cron text as a set of numbers from 0 to 63. Immutable.</summary>
/// <param name="Bits">Bit n is set where n is in the set.</param>
/// <param name="Starred">True where the field begins with <c>*</c>, which cron treats as no restriction of the day.</param>
internal readonly record struct CronField(ulong Bits, bool Starred)
{
    internal bool Has(int number) => (Bits >> number & 1) != 0;

    /// <summary>The smallest number of the set that is at least <paramref name="number"/>, or -1.</summary>
    internal int AtLeast(int number)
    {
        var rest = number > 63 ? 0 : Bits >> number << number;
        return rest == 0 ? -1 : System.Numerics.BitOperations.TrailingZeroCount(rest);
    }

    /// <summary>Reads a list of <c>*</c>, <c>a</c>, <c>a-b</c>, each with an optional <c>/step</c>.</summary>
    /// <param name="text">The field.</param>
    /// <param name="least">The smallest number allowed.</param>
    /// <param name="most">The largest number allowed.</param>
    /// <param name="names">Names of the numbers from <paramref name="least"/> on; may be empty.</param>
    /// <param name="field">The set.</param>
    internal static bool TryParse(ReadOnlySpan<char> text, int least, int most, ReadOnlySpan<string> names, out CronField field)
    {
        ulong bits = 0;
        field = default;
        foreach (var part in text.Split(','))
        {
            if (!TryPart(text[part], least, most, names, out var more)) return false;
            bits |= more;
        }

        field = new(bits, text.StartsWith('*'));
        return bits != 0;
    }

    private static bool TryPart(ReadOnlySpan<char> text, int least, int most, ReadOnlySpan<string> names, out ulong bits)
    {
        bits = 0;
        var step = 1;
        var slash = text.IndexOf('/');
        if (slash >= 0)
        {
            if (!TryNumber(text[(slash + 1)..], out step) || step == 0) return false;
            text = text[..slash];
        }

        int from = least, to = most;
        var dash = text.IndexOf('-');
        if (dash > 0)
        {
            if (!TryValue(text[..dash], least, most, names, out from) || !TryValue(text[(dash + 1)..], least, most, names, out to) || from > to) return false;
        }
        else if (text is not "*")
        {
            if (!TryValue(text, least, most, names, out from)) return false;
            // 5/15 means from 5 on, in steps of 15.
            if (slash < 0) to = from;
        }

        for (var number = from; number <= to; number += step) bits |= 1ul << number;
        return true;
    }

    private static bool TryValue(ReadOnlySpan<char> text, int least, int most, ReadOnlySpan<string> names, out int value)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (!text.Equals(names[i], StringComparison.OrdinalIgnoreCase)) continue;
            value = least + i;
            return true;
        }

        return TryNumber(text, out value) && value >= least && value <= most;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        return text.Length is > 0 and <= 3 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
