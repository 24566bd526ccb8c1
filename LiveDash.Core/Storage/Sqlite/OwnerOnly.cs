namespace LiveDash.Core.Storage.Sqlite;

/// <summary>Files and folders that nobody but their owner may read. Stateless, so safe on any thread; does nothing where the system knows no such thing.</summary>
internal static class OwnerOnly
{
    private const UnixFileMode FileBits = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderBits = FileBits | UnixFileMode.UserExecute;

    // What LiveDash keeps in its directory; nothing else there is touched, whoever put it there.
    private static readonly string[] s_files = ["livedash.*", "ballast", "reserve"];

    /// <summary>How to open a file of LiveDash's own, so that a new one is never readable by others, not even for a moment.</summary>
    public static FileStreamOptions Options(FileMode mode, FileAccess access)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = FileShare.None, BufferSize = 1 };
        if (!OperatingSystem.IsWindows() && mode != FileMode.Open) options.UnixCreateMode = FileBits;
        return options;
    }

    /// <summary>Makes a folder.</summary>
    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else if (!Directory.Exists(path)) Directory.CreateDirectory(path, FolderBits);
    }

    /// <summary>Takes from others what earlier versions, copies and restores may have given them.</summary>
    /// <returns>What could not be changed, for the operator; empty where all is well.</returns>
    public static IReadOnlyList<string> Tighten(string folder)
    {
        if (OperatingSystem.IsWindows()) return [];
        var failed = new List<string>();
        Set(folder, FolderBits, failed);
        foreach (var pattern in s_files)
        {
            foreach (var file in Directory.EnumerateFiles(folder, pattern)) Set(file, FileBits, failed);
        }

        return failed;
    }

    private static void Set(string path, UnixFileMode mode, List<string> failed)
    {
        try
        {
            // Of a link, what it points to is somebody else's.
            if (OperatingSystem.IsWindows() || new FileInfo(path).LinkTarget is not null || File.GetUnixFileMode(path) == mode) return;
            File.SetUnixFileMode(path, mode);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            failed.Add($"'{path}' may be readable by others: {e.Message}");
        }
    }
}
