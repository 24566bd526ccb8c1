using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LiveDash.Core.Model;
using LiveDash.Core.Notifications;
using LiveDash.Core.Rules;
using LiveDash.Core.Storage;
using LiveDash.Tests.Shared;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>
/// The pipeline from the point to the notice on a virtual clock, over a disk that fills up and dies in the middle of a write, a line that loses bodies and answers, and a receiver that
/// fails: simulated days, each from a seed, the same twice.
/// </summary>
internal sealed class SimulationProof : IProof
{
    private const int Series = 8;

    // In the end nothing fails and nothing moves, until what flapped has been calm for long enough to be told.
    private const int CalmSteps = 180;
    private const int CalmStepSeconds = 5;

    /// <inheritdoc/>
    public string Figure => "F12";

    /// <inheritdoc/>
    public string Name => "simulation";

    /// <inheritdoc/>
    public string About => "seeds of a simulated day each (one of ten minutes in short), with faults of disk, line and receiver, and crashes: nothing acknowledged lost or doubled, the receiver knows what fires, the same seed twice is the same";

    /// <inheritdoc/>
    public string Guard => "acknowledge what the store has not kept";

    /// <inheritdoc/>
    public async Task<ProofOutcome> RunAsync(ProofRun run)
    {
        var (seeds, seconds) = (run.Choose(1, 10), run.Choose(600, 86_400));
        var clock = Stopwatch.StartNew();
        var total = new Tally();
        var faults = new List<string>();
        for (var seed = run.Seed; seed < run.Seed + seeds; seed++)
        {
            var once = await SimulateAsync(seed, seconds, run.IsGuardOff);
            var twice = await SimulateAsync(seed, seconds, run.IsGuardOff);
            if (once.Hash != twice.Hash) faults.Add($"seed {seed} is not the same twice");
            faults.AddRange(once.Faults.Select(fault => $"seed {seed}: {fault}"));
            total.Add(once);
        }

        var figures = new Dictionary<string, object>
        {
            ["seeds"] = seeds, ["simulatedSeconds"] = seconds, ["acknowledged"] = total.Acknowledged, ["crashes"] = total.Crashes, ["fullDisks"] = total.FullDisks, ["told"] = total.Told, ["faults"] = faults.Take(10).ToArray(),
        };
        if (!run.IsShort) figures["simulatedDaysPerMinute"] = Math.Round(2.0 * seeds * seconds / 86_400 / clock.Elapsed.TotalMinutes, 1);
        return new ProofOutcome(faults.Count == 0 && total is { Acknowledged: > 0, Told: > 0, Crashes: > 0 }, figures);
    }

    private static async Task<Tally> SimulateAsync(int seed, int seconds, bool isGuardOff)
    {
        var random = new Random(seed);
        var (time, disk, tally) = (new ManualTime(), new MemoryDisk(), new Tally());
        var receiver = new SimulatedReceiver(seed, time);
        var options = new NotificationOptions { GroupWait = TimeSpan.FromSeconds(1), GroupInterval = TimeSpan.FromSeconds(5) };
        var config = new RuleConfig { Id = "hot", Name = "hot", Expr = "mean(sim.*, 10s) > 70 for 5s keep 5s clear 60", Severity = "critical", Channels = ["ops"] };
        if (!RuleReader.TryRead(config, out var rule, out var wrong)) throw new InvalidOperationException(wrong[0].Detail);
        var levels = new double[Series];
        var kept = new HashSet<(string Series, long Ticks, double Value)>();
        var waiting = new List<(string Series, long Ticks, double Value)>();
        var node = await SimulatedNode.StartAsync(disk, time, rule, receiver, options);
        for (var second = 0; second < seconds + CalmSteps; second++)
        {
            var isCalm = second >= seconds;
            time.Advance(TimeSpan.FromSeconds(isCalm ? CalmStepSeconds : 1));
            receiver.IsSound = isCalm;
            if (isCalm) node.Database.IsFull = false;
            else if (random.Next(300) == 0 && (node.Database.IsFull = !node.Database.IsFull)) tally.FullDisks++;
            // What was not acknowledged is sent again, with the times and ids it had.
            for (var s = 0; s < Series; s++)
            {
                if (!isCalm) levels[s] = Math.Clamp(levels[s] + random.Next(-8, 9), 0, 100);
                if (random.Next(10) < 7) waiting.Add(($"sim.{s}", time.Ticks, Math.Round(levels[s], 1)));
            }

            receiver.Sender = node;
            var isLostOnTheWay = !isCalm && random.Next(20) == 0;
            var isAnswerLost = !isCalm && random.Next(20) == 0;
            if (!isCalm && random.Next(120) == 0) node.Database.WritesLeft = random.Next(3);
            if (!isLostOnTheWay && (await node.TakeAsync(waiting) || isGuardOff) && !isAnswerLost)
            {
                kept.UnionWith(waiting);
                waiting.Clear();
            }

            await node.StepAsync(upkeep: second % 10 == 0);
            // A process that died in the middle of a write is gone. Without a reserve, what is told on a full disk is forgotten by a crash (docs/PROOF.md), so it comes while the disk takes writes.
            if (!node.IsDead && (isCalm || node.State != StoreState.Ready || random.Next(300) > 0)) continue;
            tally.Crashes++;
            await node.DisposeAsync();
            time.Advance(TimeSpan.FromSeconds(random.Next(1, 20)));
            node = await SimulatedNode.StartAsync(disk, time, rule, receiver, options);
        }

        await CheckAsync(node, receiver, kept, tally);
        await node.DisposeAsync();
        return tally;
    }

    private static async Task CheckAsync(SimulatedNode node, SimulatedReceiver receiver, HashSet<(string Series, long Ticks, double Value)> kept, Tally tally)
    {
        var there = await node.ReadAsync();
        var lost = kept.Except(there).Count();
        if (lost > 0) tally.Faults.Add($"{lost} points that were acknowledged are missing");
        // A series has one point a second at most.
        var doubled = there.Count - there.Select(static one => (one.Series, one.Ticks)).Distinct().Count();
        if (doubled > 0) tally.Faults.Add($"{doubled} points are kept twice");
        var firing = node.Book.List().Where(static alert => alert.IsOpen).Select(static alert => alert.Id).ToHashSet(StringComparer.Ordinal);
        var believed = receiver.Firing;
        if (!firing.SetEquals(believed)) tally.Faults.Add($"{firing.Count} alerts fire, and the receiver believes it of {believed.Count}");
        tally.Acknowledged += kept.Count;
        tally.Told += receiver.Told.Count;
        var text = new StringBuilder();
        foreach (var (series, ticks, value) in there) text.Append(CultureInfo.InvariantCulture, $"{series} {ticks} {value}\n");
        foreach (var line in receiver.Told.Order(StringComparer.Ordinal)) text.Append(line).Append('\n');
        tally.Hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>What came of one seed, or of all.</summary>
    private sealed class Tally
    {
        public long Acknowledged { get; set; }

        public int Crashes { get; set; }

        public int FullDisks { get; set; }

        public int Told { get; set; }

        public string Hash { get; set; } = "";

        public List<string> Faults { get; } = [];

        public void Add(Tally other) =>
            (Acknowledged, Crashes, FullDisks, Told) = (Acknowledged + other.Acknowledged, Crashes + other.Crashes, FullDisks + other.FullDisks, Told + other.Told);
    }
}
