using System.Globalization;
using System.Text;
using System.Text.Json;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Simulation;

/// <summary>
/// The built program is killed between the commit of an alert and the answer of its receiver, again and again: in the end every alert was told, and none
/// by two keys. Three rounds; as many as the environment variable <c>LIVEDASH_KILL_ROUNDS</c> says.
/// </summary>
public sealed class AlertKillTests
{
    private const int SeriesPerRound = 5;
    private static readonly string[] s_settings = ["--LiveDash:Notifications:GroupWait=00:00:00.1", "--LiveDash:Notifications:GroupInterval=00:00:00.1"];

    private Action? _atRequest;

    [Fact]
    public async Task Kill_BetweenCommitAndSend_NothingIsToldByTwoKeysAndNothingUntold()
    {
        var asked = Environment.GetEnvironmentVariable("LIVEDASH_KILL_ROUNDS");
        var rounds = asked is null ? 3 : int.Parse(asked, CultureInfo.InvariantCulture);
        var random = new Random(7);
        using var data = new TempDirectory();
        await using var receiver = await WebhookReceiver.StartAsync(_ =>
        {
            _atRequest?.Invoke();
            return 200;
        });
        await SetUpAsync(data.Path, receiver.Address);
        for (var round = 0; round < rounds; round++)
        {
            await using var server = await ServerProcess.StartAsync(data.Path, s_settings);
            var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            // In turns: as soon as the points are kept; at the request, before it is answered; and at a moment that chance chooses.
            var isAtRequest = round % 3 == 1;
            _atRequest = () => heard.TrySetResult();
            await PostAsync(server, Enumerable.Range(round * SeriesPerRound, SeriesPerRound));
            if (isAtRequest) await heard.Task.WaitAsync(TimeSpan.FromSeconds(30));
            if (round % 3 == 2) await AskAsync(server, random.Next(12));
            await server.KillAsync();
            _atRequest = null;
        }

        // Whatever was lost with the last commit fires at its next point; whatever fires already does not fire again.
        await using var last = await ServerProcess.StartAsync(data.Path, s_settings);
        var all = rounds * SeriesPerRound;
        await PostAsync(last, Enumerable.Range(0, all));
        await Wait.UntilAsync(async () => await IsQuietAsync(last) && Told(receiver).Select(static one => one.Series).Distinct().Count() == all, "every alert was told");
        var told = Told(receiver);
        var firing = JsonDocument.Parse(await last.Client.GetStringAsync("/api/alerts?state=firing")).RootElement.EnumerateArray()
            .Select(static alert => alert.GetProperty("episode").GetString()!).ToHashSet();
        Assert.Equal(all, firing.Count);
        Assert.True(firing.SetEquals(told.Select(static one => one.Episode)), "an episode was told that is not kept, or one that is kept was not told");
        foreach (var episode in told.GroupBy(static one => one.Episode))
        {
            Assert.True(episode.Select(static one => one.Notice).Distinct().Count() == 1, $"{episode.Key} was told by {string.Join(" and ", episode.Select(static one => one.Notice).Distinct())}");
        }

        foreach (var notice in told.GroupBy(static one => one.Notice))
        {
            Assert.True(notice.Select(static one => one.Delivery).Distinct().Count() == 1, $"{notice.Key} came by two keys: {string.Join(" and ", notice.Select(static one => one.Delivery).Distinct())}");
        }
    }

    private static async Task SetUpAsync(string directory, string receiver)
    {
        await using var server = await ServerProcess.StartAsync(directory, s_settings);
        await SendAsync(server, HttpMethod.Put, "/api/settings/channels", $$"""[{"name":"ops","kind":"webhook","url":"{{receiver}}/"}]""");
        await SendAsync(server, HttpMethod.Post, "/api/rules", """{"name":"hot","expr":"last(kill.load{n=*}, 1) > 80","channels":["ops"],"onMissing":"keep"}""");
    }

    private static async Task PostAsync(ServerProcess server, IEnumerable<int> series)
    {
        var lines = new StringBuilder();
        foreach (var n in series) lines.Append(CultureInfo.InvariantCulture, $$"""{"series":"kill.load","tags":{"n":"{{n}}"},"value":99}""").Append('\n');
        await SendAsync(server, HttpMethod.Post, "/api/points", lines.ToString());
    }

    private static async Task SendAsync(ServerProcess server, HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        using var answer = await server.Client.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    // Passes a little time in which the program works, without a clock.
    private static async Task AskAsync(ServerProcess server, int times)
    {
        for (var i = 0; i < times; i++) await server.Client.GetStringAsync("/api/notifications");
    }

    private static async Task<bool> IsQuietAsync(ServerProcess server)
    {
        var answer = JsonDocument.Parse(await server.Client.GetStringAsync("/api/notifications")).RootElement;
        return answer.GetProperty("waiting").GetInt32() == 0 && answer.GetProperty("deliveries").GetArrayLength() == 0;
    }

    private static List<(string Delivery, string Notice, string Episode, string Series)> Told(WebhookReceiver receiver) =>
        [.. receiver.Received.SelectMany(static one => JsonDocument.Parse(one.Body).RootElement.GetProperty("alerts").EnumerateArray().Select(alert =>
            (one.Key, alert.GetProperty("key").GetString()!, alert.GetProperty("episode").GetString()!, alert.GetProperty("series").GetString()!)))];
}
