namespace LiveDash.Web.Api.Bodies;

/// <summary>What all encoded bodies that are held at a time take together: 256 MiB at most, and a body that finds no room is refused. A singleton; thread-safe.</summary>
internal sealed class HeldBytes
{
    /// <summary>The bound, in bytes.</summary>
    public const long Max = 256L * 1024 * 1024;

    private long _taken;

    /// <summary>Takes room; what is taken is given back also where this says false.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= Max) return true;
        Interlocked.Add(ref _taken, -bytes);
        return false;
    }

    /// <summary>Gives room back.</summary>
    public void Give(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
