using System.Net;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>A disk of 64 MB that fills up, and a disk whose sync fails.</summary>
internal sealed class FullDiskProof : IProof
{
    // Disks differ by a hundred times in what a sync takes; a proof is about what happens, not when.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    /// <inheritdoc/>
    public string Figure => "F7";

    /// <inheritdoc/>
    public string Name => "full-disk";

    /// <inheritdoc/>
    public string About => "a full tmpfs: 507, reads and notices go on, recovers without a restart; a failed sync (EIO by strace): no acknowledgement after it, nothing acknowledged lost";

    /// <inheritdoc/>
    public string Guard => "acknowledge when queued and not when kept (?ack=received)";

    /// <inheritdoc/>
    public async Task<ProofOutcome> RunAsync(ProofRun run)
    {
        using var mount = new ProofDirectory();
        if (!await Tracer.RunAsync("mount", "-t", "tmpfs", "-o", "size=64m", "livedash-proof", mount.Path)) return ProofOutcome.Skipped("mounting a tmpfs takes root");
        Dictionary<string, object> figures;
        bool holds;
        try
        {
            (holds, figures) = await FillAsync(mount.Path, run);
        }
        finally
        {
            await Tracer.RunAsync("umount", mount.Path);
        }

        if (await Tracer.IsHereAsync())
        {
            var (syncHolds, report, after) = await FailSyncAsync(run);
            holds &= syncHolds;
            figures["eioLost"] = report.Lost;
            figures["eioAcknowledgedAfter"] = after;
        }
        else
        {
            figures["eio"] = "not tried: strace is not here, or may not trace";
        }

        return new ProofOutcome(holds, figures);
    }

    private static async Task<(bool Holds, Dictionary<string, object> Figures)> FillAsync(string mount, ProofRun run)
    {
        using var work = new ProofDirectory();
        using var ledger = new Ledger(work.File("ledger"));
        await using var receiver = await ProofReceiver.StartAsync();
        var data = Path.Combine(mount, "data");
        var sender = new LedgerSender(ledger, 0, 500, query: run.IsGuardOff ? "?ack=received" : "");
        bool isTold, isRead, isBack;
        HttpStatusCode? refusal;
        await using (var server = await ProofServer.StartAsync(data, ["--LiveDash:Storage:BallastBytes=8388608", "--LiveDash:Notifications:GroupWait=00:00:00.1"]))
        {
            await server.Client.TellAsync(receiver.Address, "last(alarm, 1) > 80");
            for (var i = 0; i < 20; i++) await sender.SendAsync(server.Client);
            // Somebody else's file takes what is left.
            var filler = Path.Combine(mount, "filler");
            await FillWithAsync(filler);
            await ProofHttp.UntilAsync(async () => await sender.SendAsync(server.Client) == false || run.IsGuardOff, s_patience);
            refusal = sender.LastRefusal;
            await server.Client.PostAsync("/api/points?ack=received", """{"series":"alarm","value":90}""");
            isTold = await ProofHttp.UntilAsync(() => Task.FromResult(receiver.Told.ContainsKey("alarm")), s_patience);
            isRead = (await server.Client.GetStringAsync("/api/points?series=proof.0&limit=10")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length == 10;
            for (var i = 0; run.IsGuardOff && i < 50; i++) await sender.SendAsync(server.Client);
            File.Delete(filler);
            isBack = await ProofHttp.UntilAsync(async () => await sender.SendAsync(server.Client) == true, s_patience);
            await server.StopAsync();
        }

        var report = await Checker.RunAsync(data, ledger.Path);
        var figures = report.Figures();
        figures["refusals"] = sender.Refused;
        figures["refusal"] = (int)(refusal ?? 0);
        figures["noticeLeft"] = isTold;
        figures["readWhileFull"] = isRead;
        figures["recoveredByItself"] = isBack;
        return (report.IsClean && isTold && isRead && isBack && refusal == HttpStatusCode.InsufficientStorage, figures);
    }

    private static async Task<(bool Holds, CheckReport Report, long After)> FailSyncAsync(ProofRun run)
    {
        using var data = new ProofDirectory();
        using var work = new ProofDirectory();
        using var ledger = new Ledger(work.File("ledger"));
        var sender = new LedgerSender(ledger, 0, 100, query: run.IsGuardOff ? "?ack=received" : "");
        long before;
        await using (var server = await ProofServer.StartAsync(data.Path, null, Tracer.FailingSync(40 + (run.Seed % 20))))
        {
            // Until the first refusal: from there on the disk does not sync any more.
            if (!await ProofHttp.UntilAsync(async () => await sender.SendAsync(server.Client) != true || run.IsGuardOff, s_patience)) throw new InvalidOperationException("The disk's sync has not failed yet.");
            before = ledger.Acknowledged;
            for (var i = 0; i < 20; i++) await sender.SendAsync(server.Client);
            await server.KillAsync();
        }

        var report = await Checker.RunAsync(data.Path, ledger.Path);
        var after = ledger.Acknowledged - before;
        return (report.IsClean && after == 0, report, after);
    }

    private static async Task FillWithAsync(string path)
    {
        var bytes = new byte[64 * 1024];
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1);
        try
        {
            while (true) await file.WriteAsync(bytes);
        }
        catch (IOException)
        {
            // As full as it gets.
        }
    }
}
