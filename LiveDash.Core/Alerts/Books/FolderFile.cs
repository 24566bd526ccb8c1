using System.Text;
using LiveDash.Core.Configuration;

namespace LiveDash.Core.Alerts.Books;

/// <summary>
/// Reads a file of a watched folder whoever put it there: a regular one (<see cref="RegularFile"/>), inside the folder, of bounded length: a device has no end, so no more is read than the
/// limit. Stateless, so safe on any thread.
/// </summary>
internal static class FolderFile
{
    // As many as Linux follows on the way to a file.
    private const int MaxLinks = 40;

    /// <summary>Reads a file as UTF-8.</summary>
    /// <exception cref="FormatException">It is none that is read; the message says why.</exception>
    /// <exception cref="IOException">It cannot be read now.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static async Task<string> ReadAsync(FileInfo file, int maxBytes, CancellationToken cancellationToken)
    {
        await using var stream = RegularFile.Open(file.LinkTarget is null ? file.FullName : WithinFolder(file));
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
                ? (real.LastWriteTimeUtc, real.Length, Resolved(file.FullName)) : (file.LastWriteTimeUtc, file.Length, "");
        }
        catch (Exception fault) when (fault is IOException or FormatException)
        {
            // Links that lead to each other.
            return (file.LastWriteTimeUtc, file.Length, "");
        }
    }

    // Mounted configuration is often links within the folder; one that leads elsewhere would read what the folder's owner may not.
    private static string WithinFolder(FileInfo file)
    {
        var target = Resolved(file.FullName);
        if (!File.Exists(target)) throw new FormatException("It is a link to a file that is not there.");
        if (!IsWithin(target, Resolved(Path.GetFullPath(file.DirectoryName!)))) throw new FormatException("It is a link to a file outside the folder.");
        return target;
    }

    // With every link on the way followed, one name after the other as the system does: a folder within the folder may be a link to one outside, and what is above it is above where it leads.
    private static string Resolved(string path)
    {
        var root = Path.GetPathRoot(path)!;
        var left = new Stack<string>(Names(path[root.Length..]));
        var (real, links) = (root, 0);
        while (left.TryPop(out var name))
        {
            if (name is "..") real = Path.GetDirectoryName(real) ?? root;
            if (name is "." or "..") continue;
            var next = Path.Combine(real, name);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MaxLinks) throw new FormatException("It is a link of a circle of links.");
            var start = Path.IsPathRooted(target) ? Path.GetPathRoot(target)! : "";
            if (start.Length > 0) real = start;
            foreach (var one in Names(target[start.Length..])) left.Push(one);
        }

        return real;
    }

    // The last one first.
    private static IEnumerable<string> Names(string path) => path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse();

    private static bool IsWithin(string path, string folder) => path.StartsWith(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
