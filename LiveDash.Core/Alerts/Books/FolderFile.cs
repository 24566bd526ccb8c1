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

    // Mounted configuration is often links within the folder; one that leads elsewhere would read what the folder's owner may not.
    private static void CheckTarget(FileInfo file)
    {
        var folder = Path.GetFullPath(file.DirectoryName!);
        var real = new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder;
        var target = file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? "";
        if (!IsWithin(target, folder) && !IsWithin(target, real)) throw new FormatException("It is a link to a file outside the folder.");
    }

    private static bool IsWithin(string path, string folder) => path.StartsWith(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
