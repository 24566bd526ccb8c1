namespace LiveDash.Benchmarks;

/// <summary>How many series, points and parts a plan has. Immutable.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Series">How many series.</param>
/// <param name="PointsPerSecond">How many points arrive.</param>
/// <param name="Partitions">Into how many parts the series' names are hashed.</param>
/// <param name="Nodes">How many nodes run engines.</param>
/// <param name="Cores">How many cores each of them has.</param>
/// <param name="Ingest">How many nodes decode.</param>
/// <param name="Gap">From a node's death until its partitions are owned again, in seconds.</param>
internal sealed record ScalePlan(string Name, long Series, double PointsPerSecond, int Partitions, int Nodes, int Cores, int Ingest, double Gap)
{
    private const double Step = 0.05;
    private const double Dies = 20;
    private const double Seconds = 240;

    /// <summary>How many partitions each node owns, by rendezvous: the node with the greatest hash of both. A dead node's go to the others.</summary>
    internal static int[] Owners(int partitions, int nodes, int dead = -1)
    {
        var owners = new int[partitions];
        for (var p = 0; p < partitions; p++)
        {
            var best = 0UL;
            for (var n = 0; n < nodes; n++)
            {
                if (n == dead) continue;
                var hash = Mix(((ulong)p << 32) | (uint)n);
                if (hash < best) continue;
                (best, owners[p]) = (hash, n);
            }
        }

        return owners;
    }

    /// <summary>
    /// Replays four minutes in steps of 50 ms: points arrive evenly over the partitions and wait in the log; each node works its partitions off at its pace; one node dies, its partitions
    /// stand still for the gap, then their windows are read again and they go on. What arrived is what was done and what waits, at each step.
    /// </summary>
    /// <param name="nodeRate">Points a second that a node's cores take.</param>
    /// <param name="rebuildRate">Points a second that are read again for windows.</param>
    /// <param name="window">Seconds of points that the windows hold.</param>
    internal ScaleRun Replay(double nodeRate, double rebuildRate, double window)
    {
        var (before, after) = (Owners(Partitions, Nodes), Owners(Partitions, Nodes, dead: 0));
        var arriving = PointsPerSecond / Partitions * Step;
        var (waiting, rebuild) = (new double[Partitions], new double[Partitions]);
        double arrived = 0, done = 0, worst = 0, busiest = 0, caughtUp = 0;
        var died = false;
        for (var now = 0.0; now < Seconds; now += Step)
        {
            if (!died && now >= Dies)
            {
                died = true;
                for (var p = 0; p < Partitions; p++) rebuild[p] = before[p] == 0 ? PointsPerSecond / Partitions * window : 0;
            }

            for (var p = 0; p < Partitions; p++) waiting[p] += arriving;
            arrived += arriving * Partitions;
            var owned = now < Dies + Gap ? before : after;
            for (var n = died ? 1 : 0; n < Nodes; n++)
            {
                var (took, used) = Work(n, owned, waiting, rebuild, nodeRate, rebuildRate);
                done += took;
                if (now < Dies) busiest = Math.Max(busiest, used);
            }

            var lag = waiting.Max() / (PointsPerSecond / Partitions);
            worst = Math.Max(worst, lag);
            if (lag > 1) caughtUp = now + Step;
            if (Math.Abs(arrived - done - waiting.Sum()) > 1e-6 * arrived) throw new InvalidOperationException("Points were lost in the sums.");
        }

        var keepsUp = waiting.Max() / (PointsPerSecond / Partitions) < 1;
        var most = before.GroupBy(static n => n).Max(static g => g.Count());
        return new ScaleRun((double)most * Nodes / Partitions, busiest, worst, keepsUp ? Math.Max(0, caughtUp - Dies) : double.PositiveInfinity, keepsUp);
    }

    // A node shares a step's time among its partitions: what one does not need the others get.
    private static (double Took, double Used) Work(int node, int[] owners, double[] waiting, double[] rebuild, double nodeRate, double rebuildRate)
    {
        var (time, took) = (Step, 0.0);
        var mine = Enumerable.Range(0, owners.Length).Where(p => owners[p] == node).OrderBy(p => (rebuild[p] / rebuildRate) + (waiting[p] / nodeRate)).ToList();
        for (var i = 0; i < mine.Count; i++)
        {
            var (p, share) = (mine[i], time / (mine.Count - i));
            var reads = Math.Min(share, rebuild[p] / rebuildRate);
            rebuild[p] -= reads * rebuildRate;
            var works = rebuild[p] > 0.5 ? 0 : Math.Min(share - reads, waiting[p] / nodeRate);
            waiting[p] -= works * nodeRate;
            took += works * nodeRate;
            time -= reads + works;
        }

        return (took, (Step - time) / Step);
    }

    // The finalizer of SplitMix64.
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
