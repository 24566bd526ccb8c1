using LiveDash.Tests.Shared;
using Microsoft.Playwright;

namespace LiveDash.Tests.Browser;

/// <summary>How much a browser fetches before the first dashboard stands, from the build's own output as <c>dotnet run</c> serves it.</summary>
[Collection(BrowserCollection.Name)]
public sealed class FirstLoadTests(Shared.Browser browser, LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    private const int MaxBytes = 260 * 1024;

    [BrowserFact]
    public async Task Dashboard_FirstLoad_IsSmallOnTheWire()
    {
        var answers = new List<IResponse>();
        await using var opened = await browser.OpenAsync(fixture.App, listen: page => page.Response += (_, response) => answers.Add(response));

        await opened.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var fetched = new List<(string Path, int Bytes)>();
        foreach (var answer in answers.ToArray())
        {
            if (answer.Status != 200) continue;
            var sizes = await answer.Request.SizesAsync();
            fetched.Add((new Uri(answer.Url).AbsolutePath, sizes.ResponseBodySize + sizes.ResponseHeadersSize));
        }

        var list = string.Join('\n', fetched.OrderByDescending(static one => one.Bytes).Select(static one => $"{one.Bytes,8:N0} {one.Path}"));
        Assert.Contains(fetched, static one => one.Path.Contains("MudBlazor", StringComparison.Ordinal));
        Assert.True(fetched.Sum(static one => one.Bytes) <= MaxBytes, $"{fetched.Sum(static one => one.Bytes):N0} bytes, {MaxBytes:N0} are allowed:\n{list}");
    }

    [Theory]
    [InlineData("/lib/mudblazor/MudBlazor.min.css", 0.1)]
    [InlineData("/lib/uplot/uPlot.iife.min.js", 0.45)]
    [InlineData("/app.css", 0.35)]
    public async Task Asset_AskedCompressed_ComesPrecompressed(string path, double most)
    {
        using var plain = await fixture.App.Client.GetAsync(new Uri(path, UriKind.Relative));
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept-Encoding", "br" } } };

        using var packed = await fixture.App.Client.SendAsync(request);

        Assert.Equal("br", Assert.Single(packed.Content.Headers.ContentEncoding));
        var (small, whole) = ((await packed.Content.ReadAsByteArrayAsync()).Length, (await plain.Content.ReadAsByteArrayAsync()).Length);
        Assert.True(small <= whole * most, $"{path}: {small} of {whole} bytes");
    }
}
