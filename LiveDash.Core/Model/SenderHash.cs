using System.Runtime.InteropServices;

namespace LiveDash.Core.Model;

/// <summary>
/// A stable 64-bit hash of a sender's id, kept instead of the text: two different ids at the same time in the same series are taken for one
/// with a chance of 2^-64. The mixing is that of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). Part of the store's file format: never change it.
/// </summary>
internal static class SenderHash
{
    /// <summary>The hash; never 0, which stands for no id.</summary>
    public static ulong Of(string? id)
    {
        if (id is null) return 0;
        var state = (ulong)id.Length * 0x9e3779b97f4a7c15 + 1;
        var bytes = MemoryMarshal.AsBytes(id.AsSpan());
        while (bytes.Length >= 8)
        {
            state = Mix(state ^ MemoryMarshal.Read<ulong>(bytes));
            bytes = bytes[8..];
        }

        ulong rest = 0;
        for (var i = 0; i < bytes.Length; i++) rest |= (ulong)bytes[i] << (8 * i);
        state = Mix(state ^ rest);
        return state == 0 ? 1 : state;
    }

    private static ulong Mix(ulong x)
    {
        x += 0x9e3779b97f4a7c15;
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
        x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
        return x ^ (x >> 31);
    }
}
