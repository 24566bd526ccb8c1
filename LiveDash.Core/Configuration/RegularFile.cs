using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LiveDash.Core.Configuration;

/// <summary>
/// Opens files of folders into which others put things. A pipe would block whoever opens it until somebody writes into it, and a stop with it, so nothing is opened in a way that waits, and what has no
/// end is refused. Stateless, so safe on any thread.
/// </summary>
internal static partial class RegularFile
{
    /// <summary>Opens a file for reading while others may write, move or delete it.</summary>
    /// <exception cref="FormatException">It is a pipe or another thing that is read once, in order.</exception>
    /// <exception cref="IOException">It cannot be opened now.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream Open(string path)
    {
        var stream = new FileStream(OpenHandle(path), FileAccess.Read, bufferSize: 0);
        if (stream.CanSeek) return stream;
        stream.Dispose();
        throw new FormatException("It is a pipe or a device, not a regular file.");
    }

    private static SafeFileHandle OpenHandle(string path)
    {
        if (OperatingSystem.IsWindows()) return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
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
