using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace LiveDash.Core.Ingestion.Decoding;

/// <summary>
/// Numbers in ASCII, to the bit as <see cref="Utf8Parser"/> reads them, in a fraction of its time where they are short: a mantissa within 2^53 and at most 18 digits take one division
/// by an exact power of ten, which rounds once (Clinger, "How to Read Floating Point Numbers Accurately", PLDI 1990). Anything else is left to the parser. Stateless.
/// </summary>
internal static class NumberText
{
    private const int MaxDigits = 18;
    private const ulong MaxMantissa = 1UL << 53;

    private static readonly double[] s_powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18];

    /// <summary>Reads a whole text as a number; NaN and infinity are none where they are written as words, and infinity where digits say so.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        ulong mantissa = 0;
        int digits = 0, decimals = -1;
        var isNegative = text.Length > 0 && text[0] == '-';
        for (var i = isNegative ? 1 : 0; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit <= 9)
            {
                if (++digits > MaxDigits) return Slow(text, out value);
                mantissa = (mantissa * 10) + digit;
                if (decimals >= 0) decimals++;
            }
            else if (text[i] == '.' && decimals < 0)
            {
                decimals = 0;
            }
            else
            {
                return Slow(text, out value);
            }
        }

        if (digits == 0 || mantissa > MaxMantissa) return Slow(text, out value);
        value = decimals > 0 ? mantissa / s_powers[decimals] : mantissa;
        if (isNegative) value = -value;
        return true;
    }

    /// <summary>Reads a whole text as a whole number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        // Times in nanoseconds have 19 digits, in milliseconds 13.
        if (text.Length is < 8 or > 19 || !TryEight(text, out var high)) return SlowWhole(text, out value);
        value = high;
        var rest = text[8..];
        if (rest.Length >= 8)
        {
            if (!TryEight(rest, out var low)) return SlowWhole(text, out value);
            value = (value * 100_000_000) + low;
            rest = rest[8..];
        }

        foreach (var b in rest)
        {
            var digit = (uint)(b - '0');
            // Past 2^63 it wraps into what is negative: 19 digits are less than 2^64.
            if (digit > 9) return SlowWhole(text, out value);
            value = (value * 10) + digit;
        }

        return value >= 0;
    }

    private static bool Slow(ReadOnlySpan<byte> text, out double value) => Utf8Parser.TryParse(text, out value, out var used) && used == text.Length;

    private static bool SlowWhole(ReadOnlySpan<byte> text, out long value) => Utf8Parser.TryParse(text, out value, out var used) && used == text.Length;

    // Eight digits in three multiplications: pairs, then fours, then all.
    private static bool TryEight(ReadOnlySpan<byte> text, out uint value)
    {
        var chunk = BinaryPrimitives.ReadUInt64LittleEndian(text);
        value = 0;
        if (((chunk & 0xF0F0F0F0F0F0F0F0) | (((chunk + 0x0606060606060606) & 0xF0F0F0F0F0F0F0F0) >> 4)) != 0x3333333333333333) return false;
        chunk -= 0x3030303030303030;
        chunk = (chunk * 10) + (chunk >> 8);
        value = (uint)((((chunk & 0x000000FF000000FF) * 0x000F424000000064) + (((chunk >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >> 32);
        return true;
    }
}
