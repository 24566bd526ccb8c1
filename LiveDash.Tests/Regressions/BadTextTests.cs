using System.Net;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Regressions;

/// <summary>Bodies that are no text, or that a parser trips over, were answered with 500; found by the proof `fuzz`.</summary>
public sealed class BadTextTests(LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    public static TheoryData<byte[]> Bodies => new()
    {
        { [.. "{\"kind\":\"line\",\"start\":\"20"u8, 0xf3, .. "01\",\"end\":\"2021\"}"u8] },
        { [.. "{\"kin"u8, 0xe5, .. "d\":\"line\",\"start\":\"2001\",\"end\":\"2021\"}"u8] },
        { [.. "{\"kind\":\"\\ud800\",\"start\":\"2001\",\"end\":\"2021\"}"u8] },
    };

    [Theory]
    [InlineData("rules:\n- name: [hot\n \u0093 expr: last(x, 1)!>1e999 80\n")]
    [InlineData("groups:\n- name: g\n  :\n- name: g\n  :\n")]
    public async Task Import_TextThatTheYamlLibraryTripsOver_Is400(string text)
    {
        using var body = new StringContent(text);
        body.Headers.ContentType = new("application/yaml");
        using var answer = await fixture.App.Client.PostAsync(new Uri("/api/rules/import", UriKind.Relative), body);
        Assert.True((int)answer.StatusCode is >= 400 and < 500, $"{(int)answer.StatusCode}");
    }

    [Fact]
    public async Task Post_NotBrotli_Is400()
    {
        using var body = new ByteArrayContent([0xff, 0xff, 0xff, 0x00]);
        body.Headers.ContentType = new("application/x-ndjson");
        body.Headers.ContentEncoding.Add("br");
        using var answer = await fixture.App.Client.PostAsync(new Uri("/api/points", UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Query_ShapeThatNoStringCanHold_Is400()
    {
        using var body = new StringContent("{\"type\":\"Poly\\ud800gon\",\"coordinates\":[[[0,0],[10,0],[10,10],[0,0]]]}");
        body.Headers.ContentType = new("application/json");
        using var answer = await fixture.App.Client.PostAsync(new Uri("/api/points/query", UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Submit_TextThatNoStringCanHold_Is400(byte[] bytes)
    {
        using var body = new ByteArrayContent(bytes);
        body.Headers.ContentType = new("application/json");
        using var answer = await fixture.App.Client.PostAsync(new Uri("/submit", UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
