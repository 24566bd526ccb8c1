using System.Net;
using System.Text;
using System.Text.Json;
using LiveDash.Core.Model;
using LiveDash.Tests.Shared;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Web.Api;

/// <summary>The columnar form says what the NDJSON of the same question says.</summary>
public sealed class PointColumnsTests(PointReadFixture fixture) : IClassFixture<PointReadFixture>
{
    private const string MediaType = "application/vnd.livedash.columns";
    private const string Square = """{"type":"Polygon","coordinates":[[[0,-5],[4,-5],[4,5],[0,5]]]}""";

    [Theory]
    [InlineData("series=coords")]
    [InlineData("series=coords&order=desc")]
    [InlineData("series=*&limit=5")]
    [InlineData("series=cpu.load{host=*}&fields=id,series,tags")]
    [InlineData("series=coords&fields=pt,id")]
    [InlineData("fields=value")]
    [InlineData("fields=t,tags")]
    [InlineData("series=coords&bbox=0,0,2,2")]
    [InlineData("series=coords&from=2026-11-21T09:30:01Z")]
    [InlineData("series=coords&after=1")]
    [InlineData("series=no.such")]
    public async Task Read_Columns_SaysWhatNdjsonSays(string query)
    {
        var lines = (await fixture.App.Client.GetStringAsync(new Uri("/api/points?" + query, UriKind.Relative))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var bytes = await fixture.App.Client.GetByteArrayAsync(new Uri($"/api/points?{query}&format=columns", UriKind.Relative));

        Same(lines, bytes);
    }

    [Fact]
    public async Task Query_Columns_SaysWhatNdjsonSays()
    {
        using var text = await PostAsync("fields=id,t,value,pt,series,tags", "application/x-ndjson");
        using var columns = await PostAsync("fields=id,t,value,pt,series,tags", MediaType);

        Assert.Equal(MediaType, columns.Content.Headers.ContentType?.MediaType);
        Same((await text.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries), await columns.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("application/vnd.livedash.columns", MediaType)]
    [InlineData("application/vnd.livedash.columns, application/x-ndjson;q=0.5", MediaType)]
    [InlineData("application/vnd.livedash.columns;q=0.5, application/x-ndjson", "application/x-ndjson")]
    [InlineData("text/csv;q=0.4, application/vnd.livedash.columns;q=0.5", MediaType)]
    [InlineData("*/*", "application/x-ndjson")]
    public async Task Read_Accept_ChoosesTheForm(string accept, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/points?limit=1");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var answer = await fixture.App.Client.SendAsync(request);

        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Read_ColumnsFromTheSameMachine_AreNotPressed()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/points?format=columns");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, br");
        using var answer = await fixture.App.Client.SendAsync(request);

        Assert.Empty(answer.Content.Headers.ContentEncoding);
    }

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("192.0.2.7", true)]
    [InlineData("2001:db8::7", true)]
    public void ShouldCompress_Columns_OnlyForOtherMachines(string address, bool expected)
    {
        var context = new DefaultHttpContext { RequestServices = fixture.App.Services };
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        context.Request.Headers.AcceptEncoding = "gzip";
        var provider = fixture.App.Services.GetRequiredService<IResponseCompressionProvider>();
        context.Response.ContentType = MediaType;
        Assert.Equal(expected, provider.ShouldCompressResponse(context));

        context.Response.ContentType = "application/x-ndjson";
        Assert.True(provider.ShouldCompressResponse(context));
    }

    [Fact]
    public async Task Read_ManyBlocks_AllPointsInOrderAndAnEnd()
    {
        var store = new MemoryPointStore();
        await using var app = await LiveApp.StartAsync(builder => builder.Services.UseMemoryStores(store));
        var catalog = app.Services.GetRequiredService<SeriesCatalog>();
        // Names so long that not all fit one block.
        var limits = app.Services.GetRequiredService<Limits>();
        var series = Enumerable.Range(0, 300).Select(i =>
        {
            Assert.True(catalog.TryIntern(new SeriesKey("long", [new("tag", $"{i:000}{new string('<', limits.MaxNameBytes - 3)}")]), out var number));
            return number;
        }).ToArray();
        for (var i = 0; i < 20_000; i++) store.Add(series[i % 300], PointReadFixture.Start.Ticks + i, i * 0.25, i % 3 == 0 ? double.NaN : i, i % 3 == 0 ? double.NaN : -i);

        var rows = ColumnsReader.Read(await app.Client.GetByteArrayAsync(new Uri("/api/points?format=columns", UriKind.Relative)), out var blocks);

        Assert.InRange(blocks, 6, 100);
        Assert.Equal(Enumerable.Range(1, 20_000).Select(static id => (double)id), rows.Select(static row => row.Id));
        Assert.All(rows, row => Assert.Contains($"\"{((int)row.Id - 1) % 300:000}", row.Series, StringComparison.Ordinal));
        Assert.All(rows, static row => Assert.Equal(((int)row.Id - 1) % 3 == 0 ? double.NaN : row.Id - 1, row.X));
    }

    [Fact]
    public async Task Read_ScanFailsMidway_HasNoEnd()
    {
        var store = new MemoryPointStore { BlockSize = 10, BetweenBlocks = static _ => throw new IOException("torn") };
        await using var app = await LiveApp.StartAsync(builder => builder.Services.UseMemoryStores(store));
        Assert.True(app.Services.GetRequiredService<SeriesCatalog>().TryIntern(new SeriesKey("coords"), out var series));
        for (var i = 0; i < 30; i++) store.Add(series, i, i);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => app.Client.GetByteArrayAsync(new Uri("/api/points?format=columns", UriKind.Relative)));
    }

    private static void Same(string[] lines, byte[] bytes)
    {
        var rows = ColumnsReader.Read(bytes, out _);
        Assert.Equal(lines.Length, rows.Count);
        for (var i = 0; i < lines.Length; i++)
        {
            using var json = JsonDocument.Parse(lines[i]);
            var (line, row) = (json.RootElement, rows[i]);
            if (line.TryGetProperty("id", out var id)) Assert.Equal(id.GetDouble(), row.Id);
            if (line.TryGetProperty("t", out var t)) Assert.Equal((t.GetDateTime() - DateTime.UnixEpoch).Ticks / 1e4, row.Milliseconds);
            if (line.TryGetProperty("value", out var value)) Assert.Equal(value.GetDouble(), row.Value);
            if (line.TryGetProperty("pt", out var pt)) Assert.Equal((pt[0].GetDouble(), pt[1].GetDouble()), (row.X, row.Y));
            else Assert.True(double.IsNaN(row.X));
            if (line.TryGetProperty("series", out var series)) Assert.Contains(series.GetRawText(), row.Series, StringComparison.Ordinal);
            if (line.TryGetProperty("tags", out var tags)) Assert.Contains(tags.GetRawText(), row.Series, StringComparison.Ordinal);
        }
    }

    private Task<HttpResponseMessage> PostAsync(string query, string accept)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/points/query?" + query) { Content = new StringContent(Square, Encoding.UTF8, "application/geo+json") };
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return fixture.App.Client.SendAsync(request);
    }
}
