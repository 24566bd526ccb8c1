using LiveDash.Core.Model;

namespace LiveDash.Web.Api.Reading;

/// <summary>
/// What all readings that are answered at a time hold together: a reading merges its series by time, so a place in each of them stands open as long as it lasts, and a reader that stalls holds them all. A singleton; thread-safe.
/// </summary>
internal sealed class ReadingRoom(Limits limits)
{
    /// <summary>What one series takes: a compressed block and a group of its points; measured.</summary>
    public const int BytesPerSeries = 50 * 1024;

    /// <summary>Readings of so few series are always let in.</summary>
    public const int Few = 16;

    private readonly Lock _gate = new();
    private long _held;

    /// <summary>Room for a reading, given back with the answer; the refusal where there is none. One alone is let in whatever it takes.</summary>
    public IResult? Enter(HttpContext context, int series)
    {
        if (TryTake(series) is { } place)
        {
            context.Response.RegisterForDispose(place);
            return null;
        }

        context.Response.Headers.RetryAfter = "5";
        return ApiProblem.Result(
            StatusCodes.Status503ServiceUnavailable, "too_many_readings",
            $"Readings under way hold as much memory as they may, {limits.MaxReadingBytes} bytes (LiveDash:Limits:MaxReadingBytes), and this one reads {series} series. Ask again in a moment, or for fewer series.");
    }

    /// <summary>Takes room; null where there is none.</summary>
    public IDisposable? TryTake(int series)
    {
        var bytes = series <= Few ? 0 : (long)series * BytesPerSeries;
        lock (_gate)
        {
            if (bytes > 0 && _held > 0 && _held + bytes > limits.MaxReadingBytes) return null;
            _held += bytes;
        }

        return new Place(this, bytes);
    }

    private sealed class Place(ReadingRoom room, long bytes) : IDisposable
    {
        private int _isGiven;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGiven, 1) != 0) return;
            lock (room._gate) room._held -= bytes;
        }
    }
}
