using LiveDash.Core.Storage.Sqlite;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Simulation;

/// <summary>
/// Acknowledged means kept: the built program is killed in the middle of its work, again and again, and every point whose acknowledgement
/// arrived is there afterwards, once. Three rounds; as many as the environment variable <c>LIVEDASH_KILL_ROUNDS</c> says.
/// </summary>
public sealed class KillTests
{
    [Fact]
    public async Task Kill_UnderLoad_LosesNoAcknowledgedPoint()
    {
        var (rounds, random, ledger) = (KillLedger.Rounds, new Random(5), new KillLedger());
        using var data = new TempDirectory();
        for (var round = 0; round < rounds; round++)
        {
            await using var server = await ServerProcess.StartAsync(data.Path, "--LiveDash:Storage:SealPoints=5000");
            await ledger.AssertKeptAsync(server, $"at the start of round {round}");
            await ledger.SendAndKillAsync(server, bodies: random.Next(5, 60));
            AssertIntact(data.Path);
        }

        await using var last = await ServerProcess.StartAsync(data.Path);
        await ledger.AssertKeptAsync(last, "at the end");
        ledger.AssertEnough(rounds);
    }

    private static void AssertIntact(string directory)
    {
        using var database = SqliteConnection.Open(Path.Combine(directory, "livedash.db"), write: true);
        Assert.Equal(0, database.Scalar("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"));
    }
}
