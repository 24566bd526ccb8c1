using System.Text;

namespace LiveDash.Core.Ingestion.Sources.Proc;

/// <summary>
/// /proc/self/mountinfo: <c>27 1 254:0 / /data rw,relatime shared:1 - ext4 /dev/vda rw</c> (proc(5)). Of the mounts only those are kept that hold data on this
/// machine, each device once, at its shortest path: a container shows the same disk a dozen times.
/// </summary>
internal static class ProcMounts
{
    private static readonly HashSet<string> s_types = new(StringComparer.Ordinal)
    {
        "ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "bcachefs", "jfs", "reiserfs", "vfat", "exfat", "ntfs", "ntfs3", "fuseblk", "hfsplus", "apfs",
    };

    /// <summary>Reads the file.</summary>
    public static IReadOnlyList<Mount> Parse(ReadOnlySpan<byte> text)
    {
        var byDevice = new Dictionary<string, Mount>();
        var file = new ProcText(text);
        while (file.NextLine(out var line))
        {
            line.Word();
            line.Word();
            var device = ProcText.Text(line.Word());
            line.Word();
            var point = Unescape(line.Word());
            // Optional fields up to a lone dash.
            ReadOnlySpan<byte> word;
            do word = line.Word();
            while (!word.IsEmpty && !word.SequenceEqual("-"u8));
            var type = ProcText.Text(line.Word());
            // A container's root is an overlay; other overlays repeat it.
            if (!s_types.Contains(type) && !(type == "overlay" && point == "/")) continue;
            if (!byDevice.TryGetValue(device, out var known) || point.Length < known.Point.Length) byDevice[device] = new(device, point);
        }

        return [.. byDevice.Values.OrderBy(mount => mount.Point, StringComparer.Ordinal)];
    }

    // Space, tab, newline and backslash stand as \040, \011, \012 and \134.
    private static string Unescape(ReadOnlySpan<byte> word)
    {
        if (word.IndexOf((byte)'\\') < 0) return ProcText.Text(word);
        var plain = new byte[word.Length];
        var length = 0;
        for (var i = 0; i < word.Length; i++)
        {
            if (word[i] == '\\' && i + 3 < word.Length && word.Slice(i + 1, 3).IndexOfAnyExceptInRange((byte)'0', (byte)'7') < 0)
            {
                plain[length++] = (byte)((word[i + 1] - '0') * 64 + (word[i + 2] - '0') * 8 + (word[i + 3] - '0'));
                i += 3;
            }
            else
            {
                plain[length++] = word[i];
            }
        }

        return Encoding.UTF8.GetString(plain, 0, length);
    }
}
