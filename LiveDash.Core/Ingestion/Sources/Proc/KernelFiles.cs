using System.Diagnostics.CodeAnalysis;

namespace LiveDash.Core.Ingestion.Sources.Proc;

/// <summary>Reads the kernel's files into one buffer, which grows to the longest. What cannot be read is absent. One sampler, one reader.</summary>
/// <param name="root">Where /proc and /sys stand: empty, or a directory of fixtures.</param>
internal sealed class KernelFiles(string root)
{
    private byte[] _buffer = new byte[64 * 1024];

    /// <summary>A path with the root before it.</summary>
    public string PathOf(string path) => root + path;

    /// <summary>Reads a file; the text is valid until the next read.</summary>
    /// <param name="path">From /proc or /sys on.</param>
    /// <param name="text">What it says.</param>
    /// <param name="most">At most so many bytes of it.</param>
    [SuppressMessage("Reliability", "CA2022", Justification = "The loop reads to the end; files in /proc have no length.")]
    public bool TryRead(string path, out ReadOnlySpan<byte> text, int most = int.MaxValue)
    {
        text = default;
        try
        {
            using var handle = File.OpenHandle(root + path);
            var length = 0;
            while (length < most)
            {
                var read = RandomAccess.Read(handle, _buffer.AsSpan(length), length);
                if (read == 0) break;
                length += read;
                if (length == _buffer.Length) Array.Resize(ref _buffer, length * 2);
            }

            text = _buffer.AsSpan(0, length);
            return length > 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>The first number of a file, or null.</summary>
    public double? Number(string path) => TryRead(path, out var text, 4096) && ProcText.TryFirstNumber(text, out var number) ? number : null;

    /// <summary>The names of what stands in a directory, in order; none where it cannot be read.</summary>
    public IReadOnlyList<string> Names(string path)
    {
        try
        {
            return [.. new DirectoryInfo(root + path).EnumerateFileSystemInfos().Select(static one => one.Name).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
