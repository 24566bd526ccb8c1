namespace LiveDash.Benchmarks;

/// <summary>Measures peers in turns within one run (A B A B ...), so that a noisy machine is as unkind to each; medians of <see cref="CpuClock"/>.</summary>
internal static class Meter
{
    /// <summary>How often each peer is measured after a warm-up.</summary>
    public const int Rounds = 5;

    /// <summary>Runs each peer once to warm up, then in turns; returns the median nanoseconds an operation and bytes allocated an operation.</summary>
    public static List<(string Name, double Nanoseconds, double Bytes)> InTurns(IReadOnlyList<(string Name, Func<long> Run)> peers)
    {
        var times = peers.Select(static _ => new List<double>()).ToList();
        var bytes = new double[peers.Count];
        for (var round = -1; round < Rounds; round++)
        {
            for (var i = 0; i < peers.Count; i++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var start = CpuClock.Nanoseconds;
                var operations = peers[i].Run();
                var elapsed = CpuClock.Nanoseconds - start;
                if (round < 0) continue;
                times[i].Add(elapsed / operations);
                bytes[i] = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / operations;
            }
        }

        return peers.Select((peer, i) => (peer.Name, Median(times[i]), bytes[i])).ToList();
    }

    /// <summary>The middle value.</summary>
    public static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    /// <summary>The words beside a figure that has a budget.</summary>
    public static string Verdict(bool met) => met ? "met" : "MISSED";
}
