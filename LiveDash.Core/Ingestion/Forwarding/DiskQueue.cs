using System.Globalization;

namespace LiveDash.Core.Ingestion.Forwarding;

/// <summary>
/// Bodies that wait on disk for a receiver, oldest first, a file each. Bounded by bytes: past it the oldest are dropped, and their points counted. What is there at the start is sent on. Thread-safe.
/// </summary>
internal sealed class DiskQueue
{
    private readonly string _directory;
    private readonly long _maxBytes;
    private readonly Lock _gate = new();
    private readonly Queue<(long Number, int Points, long Bytes)> _waiting = new();
    private long _next;
    private long _bytes;
    private long _points;
    private long _dropped;

    public DiskQueue(string directory, long maxBytes)
    {
        (_directory, _maxBytes) = (directory, maxBytes);
        Directory.CreateDirectory(directory);
        foreach (var file in new DirectoryInfo(directory).GetFiles("*.body").OrderBy(static file => file.Name, StringComparer.Ordinal))
        {
            var parts = Path.GetFileNameWithoutExtension(file.Name).Split('-');
            if (parts.Length != 2 || !long.TryParse(parts[0], CultureInfo.InvariantCulture, out var number) || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out var points)) continue;
            _waiting.Enqueue((number, points, file.Length));
            _next = Math.Max(_next, number + 1);
            _bytes += file.Length;
            _points += points;
        }
    }

    /// <summary>Points that wait, the bytes they take, and points that were dropped since the start.</summary>
    public (long Points, long Bytes, long Dropped) Now
    {
        get { lock (_gate) return (_points, _bytes, _dropped); }
    }

    /// <summary>Puts a body at the end.</summary>
    public void Add(ReadOnlySpan<byte> body, int points)
    {
        lock (_gate)
        {
            while (_waiting.Count > 0 && _bytes + body.Length > _maxBytes)
            {
                _dropped += _waiting.Peek().Points;
                RemoveFirst_NeedsLock();
            }

            var number = _next++;
            // Under another name until it is whole.
            var path = PathOf(number, points);
            File.WriteAllBytes(path + ".part", body);
            File.Move(path + ".part", path, overwrite: true);
            _waiting.Enqueue((number, points, body.Length));
            _bytes += body.Length;
            _points += points;
        }
    }

    /// <summary>The oldest body, which stays; null where none waits.</summary>
    public (long Number, byte[] Body, int Points)? Peek()
    {
        lock (_gate)
        {
            while (_waiting.TryPeek(out var first))
            {
                try
                {
                    return (first.Number, File.ReadAllBytes(PathOf(first.Number, first.Points)), first.Points);
                }
                catch (IOException)
                {
                    // Deleted under our hands.
                    _dropped += first.Points;
                    RemoveFirst_NeedsLock();
                }
            }

            return null;
        }
    }

    /// <summary>Forgets a body that was sent, or that its receiver will never take.</summary>
    public void Remove(long number)
    {
        lock (_gate)
        {
            // It may have been dropped while it was on its way.
            if (_waiting.TryPeek(out var first) && first.Number == number) RemoveFirst_NeedsLock();
        }
    }

    private void RemoveFirst_NeedsLock()
    {
        var (number, points, bytes) = _waiting.Dequeue();
        _bytes -= bytes;
        _points -= points;
        File.Delete(PathOf(number, points));
    }

    private string PathOf(long number, int points) => Path.Combine(_directory, string.Create(CultureInfo.InvariantCulture, $"{number:D15}-{points}.body"));
}
