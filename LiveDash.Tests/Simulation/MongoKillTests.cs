using LiveDash.Tests.Shared;
using LiveDash.Tests.Shared.MongoDouble;

namespace LiveDash.Tests.Simulation;

/// <summary>The same over MongoDB: the program is killed, the database, which is the double, lives on and finishes or not what it was sent.</summary>
public sealed class MongoKillTests
{
    [Fact]
    public async Task Kill_UnderLoadOnMongoDB_LosesAndDoublesNoAcknowledgedPoint()
    {
        var (rounds, random, ledger) = (KillLedger.Rounds, new Random(7), new KillLedger());
        await using var mongo = new MongoDoubleServer();
        using var data = new TempDirectory();
        string[] settings = ["--LiveDash:Storage:MongoDB=" + mongo.Address(), "--LiveDash:Storage:SealPoints=5000"];
        for (var round = 0; round < rounds; round++)
        {
            await using var server = await ServerProcess.StartAsync(data.Path, settings);
            await ledger.AssertKeptAsync(server, $"at the start of round {round}");
            await ledger.SendAndKillAsync(server, bodies: random.Next(5, 60));
        }

        await using var last = await ServerProcess.StartAsync(data.Path, settings);
        await ledger.AssertKeptAsync(last, "at the end");
        ledger.AssertEnough(rounds);
    }
}
