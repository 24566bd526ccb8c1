using System.Net;
using System.Text;
using LiveDash.Core.Storage;
using LiveDash.Core.Storage.Blocks;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Api;

public sealed class TierSettingsApiTests
{
    private const string Good = """{"tiers":[{"series":"old.*","keep":"raw for 1d, 1m for 30d"}],"isConfigured":false}""";
    private static readonly Uri s_route = new("/api/settings/tiers", UriKind.Relative);

    [Fact]
    public async Task Put_Tiers_AreInForceAtOnceAndAfterARestart()
    {
        using var data = new TempDirectory();
        await using (var app = await LiveApp.StartAsync(dataDirectory: data.Path))
        {
            var first = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 60 * 60).AddDays(-5);
            await app.PostAsync(Enumerable.Range(0, 4_096).Select(i => $"{{\"series\":\"old.load\",\"t\":{first.AddSeconds(i).ToUnixTimeMilliseconds()},\"value\":{i % 10}}}"));
            Assert.Equal("""{"tiers":[],"isConfigured":false}""", await app.Client.GetStringAsync(s_route));

            using var answer = await app.Client.PutAsync(s_route, Json(Good));

            Assert.Equal(Good, await answer.Content.ReadAsStringAsync());
            var keeper = app.Services.GetRequiredService<StoreEngine>().Keeper;
            await keeper.SealAsync();
            await keeper.StepAsync(TimeProvider.System.GetUtcNow().AddSeconds(11));
            Assert.InRange((await app.GetAsync("/api/points?series=old.load")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 69, 70);
        }

        await using var again = await LiveApp.StartAsync(dataDirectory: data.Path);
        Assert.Equal(Good, await again.Client.GetStringAsync(s_route));
        Assert.Equal(1, again.Services.GetRequiredService<IStoreTiers>().Tiers.Count);
    }

    [Fact]
    public async Task Put_WrongTiers_NamesTheFieldsAndChangesNothing()
    {
        await using var app = await LiveApp.StartAsync();

        using var answer = await app.Client.PutAsync(s_route, Json("""{"tiers":[{"series":"a{","keep":"1m"},{"series":"b","keep":"raw for 2d, 1m for 1d"}]}"""));

        var problem = await ProblemAssert.IsAsync(answer, HttpStatusCode.UnprocessableEntity, "invalid_settings");
        Assert.Equal(["tiers[0].series", "tiers[0].keep", "tiers[1].keep"], problem.GetProperty("errors").EnumerateObject().Select(static one => one.Name));
        using var none = await app.Client.PutAsync(s_route, Json("""{"tiers":[null]}"""));
        await ProblemAssert.IsAsync(none, HttpStatusCode.UnprocessableEntity, "invalid_settings");
        Assert.Equal("""{"tiers":[],"isConfigured":false}""", await app.Client.GetStringAsync(s_route));
    }

    [Fact]
    public async Task Put_WhereTheConfigurationSaysIt_IsRefusedWithTheSetting()
    {
        await using var app = await LiveApp.StartAsync(settings: ["--LiveDash:Storage:Tiers:0:Series=cpu.*", "--LiveDash:Storage:Tiers:0:Keep=raw for 7d"]);
        Assert.Equal("""{"tiers":[{"series":"cpu.*","keep":"raw for 7d"}],"isConfigured":true}""", await app.Client.GetStringAsync(s_route));

        using var answer = await app.Client.PutAsync(s_route, Json(Good));

        await ProblemAssert.IsAsync(answer, HttpStatusCode.UnprocessableEntity, "invalid_settings");
        Assert.Contains("LiveDash:Storage:Tiers", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
