using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using LiveDash.Core.Ingestion.Files;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Regressions;

/// <summary>Files that hold no text are refused as what they are, whatever format was said.</summary>
public sealed class NoTextTests(LiveAppFixture fixture) : IClassFixture<LiveAppFixture>
{
    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("geojson")]
    [InlineData("points")]
    public async Task Import_GzipWithoutTellingIt_Is400AndNamed(string format)
    {
        var problem = await RefusedAsync(Gzip("t,value\n2026-11-01T00:00:00Z,1\n"), format);
        Assert.Contains("Content-Encoding: gzip", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_Spreadsheet_Is400AndNamed()
    {
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var sheet = new StreamWriter(zip.CreateEntry("xl/worksheets/sheet1.xml").Open());
            sheet.Write("<worksheet/>");
        }

        Assert.Contains("save the sheet as CSV", await RefusedAsync(archive.ToArray(), "csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Gzip_SaysSoWithoutAColumn()
    {
        var preview = FilePreview.Read(Gzip("t,value\n1,2\n"), "a.csv.gz");
        Assert.Contains("gzip", preview.Refusal, StringComparison.Ordinal);
        Assert.Empty(preview.Columns);
    }

    // Texts that begin as a signature does, but for its last byte, and the shortest there are.
    [Theory]
    [InlineData("PK,value\n1,2\n")]
    [InlineData("BZ,value\n1,2\n")]
    [InlineData("%PDF,value\n1,2\n")]
    [InlineData("PAR1,PAR2,time\n1,2,3\n")]
    [InlineData("PAR1\n1\n")]
    [InlineData("ARROW1,value\n1,2\n")]
    [InlineData("BZh,value\n1,2\n")]
    [InlineData("BZh1,value\n1,2\n")]
    [InlineData("SQLite format 3,value\n1,2\n")]
    [InlineData("P")]
    [InlineData("")]
    public void Read_Text_IsRead(string text) => Assert.Null(FilePreview.Read(Encoding.UTF8.GetBytes(text), "a.csv").Refusal);

    // As bzip2, of some bytes and of none, pyarrow and sqlite3 begin them.
    [Theory]
    [InlineData("425A6839314159265359", "bzip2")]
    [InlineData("425A683917724538509000000000", "bzip2")]
    [InlineData("504152311504155015", "Parquet")]
    [InlineData("4152524F57310000FFFFFFFF", "Arrow")]
    [InlineData("53514C69746520666F726D6174203300", "SQLite")]
    public void Read_NoText_IsNamed(string bytes, string name) =>
        Assert.Contains(name, FilePreview.Read(Convert.FromHexString(bytes), "a.csv").Refusal, StringComparison.Ordinal);

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    private async Task<string> RefusedAsync(byte[] file, string format)
    {
        using var body = new ByteArrayContent(file);
        using var answer = await fixture.App.Client.PostAsync($"/api/import?format={format}&source=binary&series=binary&time=t&value=value", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("urn:livedash:no_text", problem.RootElement.GetProperty("type").GetString());
        return problem.RootElement.GetProperty("detail").GetString()!;
    }
}
