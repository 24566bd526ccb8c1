using System.Buffers.Text;
using System.Globalization;

namespace LiveDash.Web.Api.Reading;

/// <summary>Numbers and times as UTF-8, straight into a span that the caller has made large enough. Thread-safe.</summary>
internal static class Utf8Text
{
    /// <summary>The most bytes a number takes.</summary>
    public const int MaxNumber = 26;

    /// <summary>Writes a finite number so that it reads back as the same bits, and returns the length.</summary>
    /// <remarks>
    /// Most measurements are whole or have few decimals, and for those digits of a scaled integer cost a third of the shortest-digits search.
    /// The check is exact: n below 2^53 and 10^6 are both exact doubles, so n / 10^6 is the correctly rounded value of that decimal,
    /// which is what any reader will make of the text.
    /// </remarks>
    public static int Write(double value, Span<byte> destination)
    {
        var magnitude = Math.Abs(value);
        if (magnitude < 1e9)
        {
            var scaled = Math.Round(magnitude * 1e6);
            if (scaled / 1e6 == magnitude && (magnitude != 0 || !double.IsNegative(value)))
            {
                return WriteFixed((long)scaled, value < 0, destination);
            }
        }

        value.TryFormat(destination, out var written, default, CultureInfo.InvariantCulture);
        return written;
    }

    /// <summary>Writes a whole number and returns the length.</summary>
    public static int Write(long value, Span<byte> destination)
    {
        Utf8Formatter.TryFormat(value, destination, out var written);
        return written;
    }

    // A number of millionths, without the zeros at its end.
    private static int WriteFixed(long millionths, bool negative, Span<byte> destination)
    {
        var at = 0;
        if (negative) destination[at++] = (byte)'-';
        var whole = Math.DivRem(millionths, 1_000_000, out var rest);
        at += Write(whole, destination[at..]);
        if (rest == 0) return at;
        destination[at++] = (byte)'.';
        var left = (uint)rest;
        var digits = 6;
        while (left % 10 == 0)
        {
            left /= 10;
            digits--;
        }

        for (var i = at + digits - 1; i >= at; i--)
        {
            destination[i] = (byte)('0' + (left % 10));
            left /= 10;
        }

        return at + digits;
    }
}
