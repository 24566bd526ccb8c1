using System.Runtime.InteropServices;

namespace LiveDash.Core.Storage.Sqlite;

/// <summary>
/// Which file stands at a path: on Linux its device and inode, elsewhere when it was made. A file that was deleted and made again is another one, though its
/// name is the same.
/// </summary>
internal readonly partial record struct FileIdentity(ulong Device, ulong Inode)
{
    private const int CurrentDirectory = -100;
    private const uint WantsInode = 0x100;

    /// <summary>The file at a path; null where there is none, or it cannot be asked for.</summary>
    public static FileIdentity? Of(string path)
    {
        if (!OperatingSystem.IsLinux()) return File.Exists(path) ? new FileIdentity(0, (ulong)File.GetCreationTimeUtc(path).Ticks) : null;
        return Ask(CurrentDirectory, path, 0, WantsInode, out var answer) == 0 ? new FileIdentity(((ulong)answer.Major << 32) | answer.Minor, answer.Inode) : null;
    }

    // statx and not stat: its structure is the kernel's own and the same on every processor.
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Ask(int directory, string path, int flags, uint mask, out Answer answer);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Answer
    {
        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(136)]
        public uint Major;

        [FieldOffset(140)]
        public uint Minor;
    }
}
