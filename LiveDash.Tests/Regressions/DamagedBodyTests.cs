using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using LiveDash.Core.Ingestion;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDash.Tests.Regressions;

/// <summary>Bodies whose encoding ends early, or whose checksum is wrong: answered with 200 before, and what had come through was kept as if it were all.</summary>
public sealed class DamagedBodyTests(LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    private readonly HttpClient _client = fixture.App.Client;

    public static TheoryData<string> Encodings => ["gzip", "deflate", "raw", "br", "zstd"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Post_Whole_IsTaken(string encoding)
    {
        foreach (var lines in new[] { 1, 3000, 60_000 })
        {
            var (status, answer) = await PostAsync("/api/points", Pack(Lines($"whole.{encoding}{lines}", lines), encoding), encoding);
            Assert.Equal((HttpStatusCode.OK, lines), (status, answer.GetProperty("accepted").GetInt32()));
        }
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Post_CutAnywhere_IsRefusedAndKeepsNothing(string encoding)
    {
        var packed = Pack(Lines("cut." + encoding, 200), encoding);
        for (var length = 1; length < packed.Length; length += length < packed.Length - 20 ? 37 : 1)
        {
            var (status, answer) = await PostAsync("/api/points", packed[..length], encoding);
            Assert.Equal((HttpStatusCode.BadRequest, 0), (status, answer.GetProperty("accepted").GetInt32()));
            Assert.Contains(Code(answer), new[] { "truncated_body", "bad_encoding" });
        }

        Assert.Equal("truncated_body", Code((await PostAsync("/api/points", packed[..^1], encoding)).Answer));
        Assert.False(fixture.App.Services.GetRequiredService<LiveDash.Core.Model.SeriesCatalog>().TryFind("cut." + encoding, out _));
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Post_RubbishBehind_IsRefused(string encoding)
    {
        foreach (var rubbish in new byte[][] { [0], "trailing rubbish"u8.ToArray(), new byte[70_000] })
        {
            var (status, answer) = await PostAsync("/api/points", [.. Pack(Lines("rubbish", 50), encoding), .. rubbish], encoding);
            Assert.Equal(HttpStatusCode.BadRequest, status);
            if (rubbish.Length > 4) Assert.Equal("bad_encoding", Code(answer));
        }
    }

    [Theory]
    [InlineData("gzip", 8)]
    [InlineData("gzip", 4)]
    [InlineData("deflate", 4)]
    [InlineData("zstd", 4)]
    public async Task Post_WrongChecksumOrLength_IsBadEncoding(string encoding, int fromEnd)
    {
        var packed = Pack(Lines("checksum", 200), encoding);
        packed[^fromEnd] ^= 1;
        var (status, answer) = await PostAsync("/api/points", packed, encoding);
        Assert.Equal((HttpStatusCode.BadRequest, "bad_encoding"), (status, Code(answer)));
    }

    [Fact]
    public async Task Post_TwoGzipMembers_AreOneBody()
    {
        var (status, answer) = await PostAsync("/api/points", [.. Pack(Lines("members", 7), "gzip"), .. Pack(Lines("members", 5), "gzip")], "gzip");
        Assert.Equal((HttpStatusCode.OK, 12), (status, answer.GetProperty("accepted").GetInt32()));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("zstd")]
    public async Task Post_NotAByteOfAnEncodedBody_IsTruncated(string encoding)
    {
        var (status, answer) = await PostAsync("/write", [], encoding);
        Assert.Equal((HttpStatusCode.BadRequest, "truncated_body"), (status, Code(answer)));
    }

    // A sync flush ends what came before as a whole block: nothing looks wrong until the end is looked for.
    [Fact]
    public async Task Post_CutAtAFlush_IsTruncated()
    {
        using var packed = new MemoryStream();
        using var gzip = new GZipStream(packed, CompressionLevel.Optimal);
        gzip.Write(Lines("flushed", 50));
        gzip.Flush();
        var (status, answer) = await PostAsync("/api/points", packed.ToArray(), "gzip");
        Assert.Equal((HttpStatusCode.BadRequest, "truncated_body"), (status, Code(answer)));
    }

    [Fact]
    public async Task Post_LongerThanWhatIsHeld_TellsWhatWasKept()
    {
        var random = new Random(1);
        var text = new StringBuilder();
        for (var i = 0; text.Length < 40_000_000; i++) text.Append("{\"series\":\"long\",\"value\":").Append(random.NextInt64()).Append(".5,\"id\":\"").Append(random.NextInt64()).Append(i).Append("\"}\n");
        var packed = Pack(Encoding.UTF8.GetBytes(text.ToString()), "gzip");
        Assert.True(packed.Length > 9 * 1024 * 1024);
        var (status, answer) = await PostAsync("/api/points", packed[..^100_000], "gzip");
        Assert.Equal((HttpStatusCode.BadRequest, "truncated_body"), (status, Code(answer)));
        Assert.True(answer.GetProperty("accepted").GetInt64() > 1000);
    }

    [Theory]
    [InlineData("/write", "POST")]
    [InlineData("/api/v2/write", "POST")]
    [InlineData("/api/import?format=csv&series=x", "POST")]
    [InlineData("/api/points/query", "POST")]
    [InlineData("/api/rules", "POST")]
    [InlineData("/api/rules/preview", "POST")]
    [InlineData("/api/rules/import", "POST")]
    [InlineData("/api/silences", "POST")]
    [InlineData("/api/jobs", "POST")]
    [InlineData("/submit", "POST")]
    [InlineData("/api/settings/windows", "PUT")]
    [InlineData("/api/settings/channels", "PUT")]
    [InlineData("/api/plots/some", "PUT")]
    public async Task AnyRoute_CutOrUnknownEncoding_SaysSo(string route, string method)
    {
        var cut = Pack(Lines("routes", 100), "gzip")[..^9];
        Assert.Equal((HttpStatusCode.BadRequest, "truncated_body"), await SendAsync(route, method, cut, "gzip"));
        Assert.Equal((HttpStatusCode.BadRequest, "bad_encoding"), await SendAsync(route, method, "plain text, no zip"u8.ToArray(), "gzip"));
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "unsupported_encoding"), await SendAsync(route, method, cut, "compress"));
    }

    private static byte[] Lines(string series, int count)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++) text.Append($$"""{"series":"{{series}}","value":{{(i * 2654435761u) % 1000003}}}""").Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] Pack(byte[] bytes, string encoding)
    {
        if (encoding == "zstd")
        {
            using var zstd = new ZstdSharp.Compressor();
            zstd.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
            return zstd.Wrap(bytes).ToArray();
        }

        using var packed = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest),
            "raw" => new DeflateStream(packed, CompressionLevel.Fastest),
            _ => new ZLibStream(packed, CompressionLevel.Fastest),
        })
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }

    private static string Code(JsonElement problem) => problem.GetProperty("type").GetString()!["urn:livedash:".Length..];

    private async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(string route, byte[] body, string encoding)
    {
        using var response = await RequestAsync(route, "POST", body, encoding == "raw" ? "deflate" : encoding);
        using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return (response.StatusCode, json.RootElement.Clone());
    }

    private async Task<(HttpStatusCode Status, string Code)> SendAsync(string route, string method, byte[] body, string encoding)
    {
        using var response = await RequestAsync(route, method, body, encoding);
        using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return (response.StatusCode, Code(json.RootElement));
    }

    private async Task<HttpResponseMessage> RequestAsync(string route, string method, byte[] body, string encoding)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), route) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new(route.StartsWith("/api/points", StringComparison.Ordinal) ? "application/json" : "text/plain");
        request.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        return await _client.SendAsync(request);
    }
}
