using System.Text;
using LiveDash.Core.Configuration;

namespace LiveDash.Core.Alerts.Books;

/// <summary>
/// Reads a file of a watched folder whoever put it there: a regular one (<see cref="RegularFile"/>), inside the folder, of bounded length: a device has no end, so no more is read than the
/// limit. Stateless, so safe on any thread.
/// </summary>
internal static class FolderFile
{
    /// <summary>Reads a file as UTF-8.</summary>
    /// <exception cref="FormatException">It is none that is read; the message says why.</exception>
    /// <exception cref="IOException">It cannot be read now.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static async Task<string> ReadAsync(FileInfo file, int maxBytes, CancellationToken cancellationToken)
    {
        if (file.LinkTarget is not null) CheckTarget(file);
        await using var stream = RegularFile.Open(file.FullName);
        // A device says that it is empty; so nothing of it is read.
        var length = stream.Length;
        if (length > maxBytes) throw new FormatException($"A file has at most {maxBytes:N0} bytes.");
        var bytes = new byte[length];
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        using var reader = new StreamReader(new MemoryStream(bytes, 0, read), Encoding.UTF8);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    /// <summary>What tells a file from what stood there before: of a link, of what it leads to, since mounted configuration changes behind links that stay as they are.</summary>
    public static (DateTime Written, long Length, string Target) StampOf(FileInfo file)
    {
        try
        {
            return file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } real
                ? (real.LastWriteTimeUtc, real.Length, RealPath(real)) : (file.LastWriteTimeUtc, file.Length, "");
        }
        catch (IOException)
        {
            // Links that lead to each other.
            return (file.LastWriteTimeUtc, file.Length, "");
        }
    }

    // Also where a folder on the way is a link, as with Kubernetes, which swaps one for all files at once.
    private static string RealPath(FileInfo file) => file.Directory?.ResolveLinkTarget(returnFinalTarget: true) is { } folder ? Path.Combine(folder.FullName, file.Name) : file.FullName;

    // Mounted configuration is often links within the folder; one that leads elsewhere would read what the folder's owner may not.
    private static void CheckTarget(FileInfo file)
    {
        var folder = Path.GetFullPath(file.DirectoryName!);
        var real = new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder;
        FileSystemInfo? found;
        try
        {
            found = file.ResolveLinkTarget(returnFinalTarget: true);
        }
        catch (IOException)
        {
            throw new FormatException("It is a link of a circle of links.");
        }

        if (found is not { Exists: true }) throw new FormatException("It is a link to a file that is not there.");
        var target = found.FullName;
        if (!IsWithin(target, folder) && !IsWithin(target, real)) throw new FormatException("It is a link to a file outside the folder.");
    }

    private static bool IsWithin(string path, string folder) => path.StartsWith(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
