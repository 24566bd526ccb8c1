using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace LiveDash.Benchmarks.Proofs;

/// <summary>Names without end, and sockets that never finish a sentence: the cap holds, known series flow, the sockets are closed.</summary>
internal sealed class CardinalityProof : IProof
{
    private const int Cap = 5_000;

    /// <inheritdoc/>
    public string Figure => "F14";

    /// <inheritdoc/>
    public string Name => "cardinality";

    /// <inheritdoc/>
    public string About => "a million new names (20,000 in short) at a cap of 5,000: capped, memory flat, known series kept to the point; slow sockets closed, honest senders served";

    /// <inheritdoc/>
    public string Guard => "raise the cap above what is offered";

    /// <inheritdoc/>
    public async Task<ProofOutcome> RunAsync(ProofRun run)
    {
        var names = run.Choose(20_000, 1_000_000);
        using var data = new ProofDirectory();
        using var work = new ProofDirectory();
        using var ledger = new Ledger(work.File("ledger"));
        var honest = new LedgerSender(ledger, 0, 100);
        await using var server = await ProofServer.StartAsync(data.Path, [$"--LiveDash:Limits:MaxSeries={(run.IsGuardOff ? names * 2 : Cap)}"]);
        if (await honest.SendAsync(server.Client) != true) throw new InvalidOperationException("The first body was not taken.");
        var before = 0.0;
        for (var at = 0; at < names; at += 1_000)
        {
            if (at == Cap * 2) before = server.ResidentMegabytes;
            await server.Client.PostAsync("/api/points", Names(at), "application/x-ndjson");
            if (at % 10_000 == 0) await honest.SendAsync(server.Client);
        }

        var grown = server.ResidentMegabytes - before;
        var kept = (await server.Client.GetStringAsync("/api/series")).Split("\"count\"").Length - 1;
        var sockets = await SlowSockets(server, run.Choose(50, 500));
        await Task.Delay(500);
        var isServed = await honest.SendAsync(server.Client) == true;
        var left = run.IsShort ? 0 : await LeftAfterAsync(sockets, TimeSpan.FromSeconds(40));
        foreach (var socket in sockets) socket.Dispose();
        await server.StopAsync();
        var report = await Checker.RunAsync(data.Path, ledger.Path);
        var figures = report.Figures();
        figures["namesOffered"] = names;
        figures["seriesKept"] = kept;
        figures["grownMegabytes"] = Math.Round(grown);
        figures["slowSockets"] = sockets.Count;
        if (!run.IsShort) figures["slowSocketsLeftAfter40s"] = left;
        // A page's series may be fewer than the cap, never more.
        return new ProofOutcome(report.IsClean && kept <= Cap && isServed && honest.Refused == 0 && left == 0 && (run.IsShort || grown < 100), figures);
    }

    private static string Names(int first)
    {
        var text = new StringBuilder();
        for (var i = first; i < first + 1_000; i++) text.Append(CultureInfo.InvariantCulture, $"{{\"series\":\"flood.{i}\",\"value\":1}}\n");
        return text.ToString();
    }

    private static async Task<List<TcpClient>> SlowSockets(ProofServer server, int count)
    {
        var sockets = new List<TcpClient>();
        for (var i = 0; i < count; i++)
        {
            var socket = new TcpClient();
            await socket.ConnectAsync("127.0.0.1", server.Client.BaseAddress!.Port);
            // Headers that never end.
            await socket.GetStream().WriteAsync("POST /api/points HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "u8.ToArray());
            sockets.Add(socket);
        }

        return sockets;
    }

    private static async Task<int> LeftAfterAsync(List<TcpClient> sockets, TimeSpan limit)
    {
        var begun = Stopwatch.GetTimestamp();
        var open = sockets.Count;
        while (open > 0 && Stopwatch.GetElapsedTime(begun) < limit)
        {
            await Task.Delay(500);
            open = sockets.Count(static socket => !(socket.Client.Poll(0, SelectMode.SelectRead) && IsEnded(socket)));
        }

        return open;
    }

    // The server answers 408 and closes: after the answer nothing more comes.
    private static bool IsEnded(TcpClient socket)
    {
        var bytes = new byte[4096];
        try
        {
            while (socket.Client.Poll(0, SelectMode.SelectRead))
            {
                if (socket.Client.Receive(bytes) == 0) return true;
            }

            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
