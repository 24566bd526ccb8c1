using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>
/// A column of doubles, kept to the bit. Where every value is a decimal with few digits (most sensors, counters, percentages with two places)
/// it is kept as whole numbers of that power of ten; otherwise the bits that differ from the first value are kept, without the leading and
/// trailing ones that never do.
/// </summary>
internal static class PackedDoubles
{
    private const byte Bits = 0x80;

    // Beyond it a value has so many digits that the plain bits are as short.
    private const int MaxDecimals = 10;

    // The greatest whole number up to which every one is a double.
    private const double MaxWhole = 9007199254740992;

    private static readonly double[] Powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10];

    /// <summary>Writes a column.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Encode(ReadOnlySpan<double> values, BlobWriter writer)
    {
        if (values.IsEmpty) return;
        var raw = MemoryMarshal.Cast<double, long>(values);
        ulong differs = 0;
        foreach (var one in raw) differs |= (ulong)(one ^ raw[0]);
        var trailing = differs == 0 ? 0 : BitOperations.TrailingZeroCount(differs);
        var width = PackedLongs.WidthOf(differs >> trailing);
        Span<long> whole = values.Length <= 512 ? stackalloc long[values.Length] : new long[values.Length];
        var decimals = width == 0 ? -1 : Decimals(values, whole);
        if (decimals >= 0 && PackedLongs.Bits(whole) < width * (long)values.Length)
        {
            writer.Byte((byte)decimals);
            PackedLongs.Encode(whole, writer);
            return;
        }

        if (width == 64) trailing = 0;
        writer.Byte((byte)(Bits | trailing));
        writer.Byte((byte)width);
        writer.Raw(raw[..1]);
        for (var i = 0; i < raw.Length; i++) whole[i] = (long)((ulong)(raw[i] ^ raw[0]) >> trailing);
        PackedLongs.Pack(whole, 0, width, writer);
    }

    /// <summary>Reads a column of known length.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Decode(ref BlobReader reader, scoped Span<double> values)
    {
        if (values.IsEmpty) return;
        var raw = MemoryMarshal.Cast<double, long>(values);
        var form = reader.Byte();
        if ((form & Bits) == 0)
        {
            if (form > MaxDecimals) throw new InvalidDataException("A column has an unknown form.");
            PackedLongs.Decode(ref reader, raw);
            var power = Powers[form];
            // Dividing gives back exactly what was written: both are the double nearest to the same decimal.
            for (var i = 0; i < values.Length; i++) values[i] = raw[i] / power;
            return;
        }

        var trailing = form & 0x3f;
        var width = reader.Byte();
        var first = reader.Long();
        PackedLongs.Unpack(ref reader, raw, 0, width);
        foreach (ref var one in raw) one = (one << trailing) ^ first;
    }

    // The least number of decimals that all values have, with the values as whole numbers of it; -1 where there is none.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Decimals(ReadOnlySpan<double> values, Span<long> whole)
    {
        var decimals = 0;
        foreach (var value in values)
        {
            while (!IsWhole(value, Powers[decimals]))
            {
                if (++decimals > MaxDecimals) return -1;
            }
        }

        // A value that has few decimals has more as well, unless the whole number then gets too great.
        var power = Powers[decimals];
        for (var i = 0; i < values.Length; i++)
        {
            if (!IsWhole(values[i], power)) return -1;
            whole[i] = (long)Math.Round(values[i] * power);
        }

        return decimals;
    }

    private static bool IsWhole(double value, double power)
    {
        var scaled = Math.Round(value * power);
        return Math.Abs(scaled) < MaxWhole
            && BitConverter.DoubleToInt64Bits((long)scaled / power) == BitConverter.DoubleToInt64Bits(value);
    }
}
