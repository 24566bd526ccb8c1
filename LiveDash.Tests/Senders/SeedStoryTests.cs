using System.Text.Json;
using LiveDash.Tests.Shared;
using LiveDash.Tests.Shared.MongoDouble;

namespace LiveDash.Tests.Senders;

/// <summary>
/// The README's way from points in MongoDB to the screen: put there by another official client (Debian's python3-pymongo, in the place of the shell, which no package brings), streamed by
/// <c>curl</c> from a program of its own. The database is the double, which also shows that it is understood by more than one client.
/// </summary>
public sealed class SeedStoryTests
{
    private const int Count = 2_500;

    [PythonFact("pymongo")]
    public async Task Seed_PutThereByAnotherClient_IsStreamedByCurlAsTheReadmeSays()
    {
        await using var mongo = new MongoDoubleServer(replicaSet: false);
        var said = await Tool.RunAsync("python3", "-c", $$"""
            from pymongo import MongoClient
            coords = MongoClient("{{mongo.Address("test").Split('?')[0]}}?directConnection=true").get_default_database().coords
            coords.insert_many([{"pt": [n % 50, n // 50], "id": n} for n in range({{Count}})])
            print(len(list(coords.find({}, {"_id": 0}))))
            """);
        Assert.Equal($"{Count}", said.Trim());
        using var data = new TempDirectory();
        await using var server = await ServerProcess.StartAsync(data.Path, "--LiveDash:Connections:lab=" + mongo.Address("test"));

        var lines = (await Tool.RunAsync("curl", "-sS", $"{server.Client.BaseAddress}get_points")).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(Count, lines.Length);
        for (var n = 0; n < Count; n++)
        {
            var point = JsonDocument.Parse(lines[n]).RootElement;
            Assert.Equal((n, n % 50, n / 50), (point.GetProperty("id").GetInt32(), point.GetProperty("pt")[0].GetInt32(), point.GetProperty("pt")[1].GetInt32()));
        }
    }
}
