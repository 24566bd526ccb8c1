namespace LiveDash.Core.Storage.Sqlite;

/// <summary>A file that does nothing but take space, to be given up when the disk has none left. Used by one thread at a time.</summary>
internal sealed class SpaceFile(string path, long bytes)
{
    /// <summary>True when it is in place (or none is wanted).</summary>
    public bool IsPlaced => bytes <= 0 || (File.Exists(path) && new FileInfo(path).Length == bytes);

    /// <summary>How many bytes it must still take.</summary>
    public long Missing => IsPlaced ? 0 : bytes;

    /// <summary>Puts it in place; false when there is no space for it.</summary>
    public bool TryPlace()
    {
        if (IsPlaced) return true;
        try
        {
            // Written, and with noise: a hole or compressible zeros would free nothing on some file systems.
            using var file = new FileStream(path, OwnerOnly.Options(FileMode.Create, FileAccess.Write));
            var noise = new byte[1 << 20];
            Random.Shared.NextBytes(noise);
            for (long at = 0; at < bytes; at += noise.Length) file.Write(noise.AsSpan(0, (int)Math.Min(noise.Length, bytes - at)));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Drop();
            return false;
        }
    }

    /// <summary>Gives it up; false where there was nothing to give.</summary>
    public bool Drop()
    {
        try
        {
            if (!File.Exists(path)) return false;
            File.Delete(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays; what wanted its space fails with the disk's own answer.
            return false;
        }
    }
}
