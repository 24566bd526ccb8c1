namespace LiveDash.Web.Api.Live;

/// <summary>Counts the open event streams and bounds them: each holds windows and a connection. Thread-safe.</summary>
internal sealed class StreamPlaces
{
    /// <summary>How many streams there may be at once.</summary>
    public const int Max = 256;

    private int _taken;

    /// <summary>How many are open.</summary>
    public int Taken => Volatile.Read(ref _taken);

    /// <summary>Takes a place, which is given back on disposal; null when there is none left.</summary>
    public IDisposable? TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= Max) return new Place(this);
        Interlocked.Decrement(ref _taken);
        return null;
    }

    private sealed class Place(StreamPlaces places) : IDisposable
    {
        private int _given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _given, 1) == 0) Interlocked.Decrement(ref places._taken);
        }
    }
}
