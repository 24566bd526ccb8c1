using System.Net;
using System.Text;
using LiveDash.Core.Configuration;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Api;

public sealed class WindowSettingsApiTests(LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    private const string Good = """{"default":"1000","overrides":[{"series":"cpu.*","window":"5m","lateness":"5s"}]}""";
    private static readonly Uri s_route = new("/api/settings/windows", UriKind.Relative);

    [Fact]
    public async Task Put_GoodSettings_StandForAllAtOnceAndAfterARestart()
    {
        using var data = new TempDirectory();
        await using (var first = await LiveApp.StartAsync(dataDirectory: data.Path))
        {
            var book = first.Services.GetRequiredService<WindowSettingsBook>();
            var changes = 0;
            book.Changed += () => changes++;
            Assert.Equal("""{"default":"500","overrides":[]}""", await first.Client.GetStringAsync(s_route));

            using var answer = await first.Client.PutAsync(s_route, Json(Good));

            Assert.Equal(Good, await answer.Content.ReadAsStringAsync());
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(1, changes);
            Assert.Equal("1000", book.Plan.Default.Spec.ToString());
        }

        await using var second = await LiveApp.StartAsync(dataDirectory: data.Path);
        Assert.Equal(Good, await second.Client.GetStringAsync(s_route));
    }

    [Fact]
    public async Task Put_NullOverrides_MeansNone()
    {
        using var answer = await fixture.App.Client.PutAsync(s_route, Json("""{"default":"500","overrides":null}"""));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("""{"default":"500","overrides":[]}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Put_BadSettings_NamesTheFieldsAndChangesNothing()
    {
        var before = await fixture.App.Client.GetStringAsync(s_route);

        using var answer = await fixture.App.Client.PutAsync(s_route, Json("""{"default":"x","overrides":[{"series":"cpu","window":"y"}]}"""));

        var problem = await ProblemAssert.IsAsync(answer, HttpStatusCode.UnprocessableEntity, "invalid_settings");
        Assert.Equal(["default", "overrides[0].window"], problem.GetProperty("errors").EnumerateObject().Select(static one => one.Name));
        Assert.Equal(before, await fixture.App.Client.GetStringAsync(s_route));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"default":5}""")]
    [InlineData("""{"defualt":"500"}""")]
    public async Task Put_NotSettings_IsABadRequest(string body)
    {
        using var answer = await fixture.App.Client.PutAsync(s_route, Json(body));

        await ProblemAssert.IsAsync(answer, HttpStatusCode.BadRequest, "bad_json");
    }

    [Fact]
    public async Task Put_NotJson_IsUnsupported()
    {
        using var content = new StringContent(Good, Encoding.UTF8, "application/xml");

        using var answer = await fixture.App.Client.PutAsync(s_route, content);

        await ProblemAssert.IsAsync(answer, HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
    }

    [Theory]
    [InlineData("/api/settings/windows", Good, "PUT")]
    [InlineData("/api/rules", """{"name":"by curl","expr":"mean(curl.sent, 30s) > 1"}""", "POST")]
    [InlineData("/api/rules/preview", """{"expr":"mean(curl.sent, 30s) > 1"}""", "POST")]
    [InlineData("/api/settings/channels", "[]", "PUT")]
    [InlineData("/api/points/query", """{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}""", "POST")]
    public async Task JsonRoutes_TypeThatCurlSends_IsReadAllTheSame(string route, string body, string method)
    {
        using var request = new HttpRequestMessage(new(method), route) { Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded") };

        using var answer = await fixture.App.Client.SendAsync(request);

        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("""{"default":"500","overides":[]}""", "$.overides is no member")]
    [InlineData("""{"default":5}""", "$.default is not of the right type")]
    [InlineData("""{"default":"500","overrides":[{]}""", "It is not JSON")]
    public async Task Put_UnreadableBody_SaysWhereInWordsOfTheApi(string body, string said)
    {
        using var answer = await fixture.App.Client.PutAsync(s_route, Json(body));

        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains(said, text, StringComparison.Ordinal);
        Assert.DoesNotContain("LiveDash.Core", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_Settings_IsNotAllowed()
    {
        using var answer = await fixture.App.Client.DeleteAsync(s_route);

        await ProblemAssert.IsAsync(answer, HttpStatusCode.MethodNotAllowed, "method_not_allowed");
        Assert.Equal(["GET", "HEAD", "PUT"], answer.Content.Headers.Allow.Order());
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
