using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace LiveDash.Core.Alerts.Books;

/// <summary>
/// Reads a file of a watched folder whoever put it there: a regular one, inside the folder, of bounded length. A pipe would block whoever opens it and a
/// device has no end, so nothing is opened in a way that waits, and no more is read than the limit. Stateless, so safe on any thread.
/// </summary>
internal static partial class FolderFile
{
    /// <summary>Reads a file as UTF-8.</summary>
    /// <exception cref="FormatException">It is none that is read; the message says why.</exception>
    /// <exception cref="IOException">It cannot be read now.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static async Task<string> ReadAsync(FileInfo file, int maxBytes, CancellationToken cancellationToken)
    {
        if (file.LinkTarget is not null) CheckTarget(file);
        using var handle = Open(file.FullName);
        await using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
        if (!stream.CanSeek) throw new FormatException("It is a pipe or a device, not a regular file.");
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

    private static SafeFileHandle Open(string path)
    {
        if (OperatingSystem.IsWindows()) return File.OpenHandle(path);
        // O_RDONLY with O_NONBLOCK, O_NOCTTY and O_CLOEXEC as <fcntl.h> of the two systems has them.
        var flags = OperatingSystem.IsMacOS() ? 0x4 | 0x20000 | 0x1000000 : 0x800 | 0x100 | 0x80000;
        var descriptor = OpenFile(path, flags);
        if (descriptor >= 0) return new SafeFileHandle(descriptor, ownsHandle: true);
        var error = Marshal.GetLastPInvokeError();
        throw new IOException($"'{path}' cannot be opened: {new Win32Exception(error).Message}");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);
}
