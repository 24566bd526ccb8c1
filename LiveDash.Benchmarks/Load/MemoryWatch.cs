namespace LiveDash.Benchmarks.Load;

/// <summary>Looks at a server's memory each second while something runs.</summary>
internal sealed class MemoryWatch(ServerUnderLoad server)
{
    private readonly List<double> _megabytes = [];

    /// <summary>Looks until the work is done.</summary>
    public async Task<TimeSpan> DuringAsync(Task<TimeSpan> work)
    {
        do _megabytes.Add(server.ResidentMegabytes);
        while (await Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds(1))) != work);
        _megabytes.Add(server.ResidentMegabytes);
        return await work;
    }

    /// <summary>Start, middle, end, the most, and the slope of a straight line through the second half, by when caches and pools have filled.</summary>
    public override string ToString()
    {
        var half = _megabytes[(_megabytes.Count / 2)..];
        var middle = (half.Count - 1) / 2.0;
        var mean = half.Average();
        var slope = half.Select((value, i) => (i - middle) * (value - mean)).Sum() / half.Select((_, i) => (i - middle) * (i - middle)).Sum() * 60;
        return $"memory {_megabytes[0]:N0} MB at the start, {half[0]:N0} in the middle, {_megabytes[^1]:N0} at the end, at most {_megabytes.Max():N0}; "
            + (_megabytes.Count < 60 ? "too short for a slope" : $"slope of the second half {slope:N2} MB a minute");
    }
}
