using System.Globalization;
using System.Text;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Files;

namespace LiveDash.Tests.Core.Ingestion.Files;

public class FileDecoderTests
{
    private static readonly ImportMap s_map = new() { Series = "trips", Time = "date", Value = "delay", X = "lon", Y = "lat", FileId = "f.csv" };

    private const string Csv = "\uFEFFdate,city,delay,lon,lat\r\n2001/01/14 21:55,\"Zürich, \"\"HB\"\"\",5,8.5,47.4\r\n2001-01-15T00:00:00Z,\"two\nlines\",-1.5,,\r\n\r\n2001-01-16,x,7,1,2";

    [Fact]
    public void Csv_QuotesLineEndsAndMissingLocations_AreRead()
    {
        var points = Read(ImportFormat.Csv, s_map, Csv);
        Assert.Equal(
            ["trips 2001-01-14T21:55:00Z 5 (8.5,47.4) #f.csv:2", "trips 2001-01-15T00:00:00Z -1.5 #f.csv:3", "trips 2001-01-16T00:00:00Z 7 (1,2) #f.csv:6"],
            points);
    }

    [Fact]
    public void Csv_CutAtEveryByte_ReadsTheSame()
    {
        var whole = Read(ImportFormat.Csv, s_map, Csv);
        var length = Encoding.UTF8.GetByteCount(Csv);
        for (var cut = 1; cut < length; cut++) Assert.Equal(whole, Read(ImportFormat.Csv, s_map, Csv, cut));
    }

    [Fact]
    public void Csv_BadRows_AreToldByLineAndReason()
    {
        var points = Read(ImportFormat.Csv, s_map, "date;city;delay;lon;lat\nnever;a;1;1;1\n2001-01-01;a;much;1;1\n2001-01-01;a;;1;1\n2001-01-01;a;1;1;\n2001-01-01;a;1;1;1\n");
        Assert.Equal(
            ["trips 2001-01-01T00:00:00Z 1 (1,1) #f.csv:6", "2 BadTime", "3 BadValue", "4 MissingField", "5 MissingField"], points);
    }

    [Fact]
    public void Csv_ColumnThatIsNotThere_RefusesTheFileByItsFirstLine()
    {
        Assert.Equal(["1 MissingField"], Read(ImportFormat.Csv, s_map with { Value = "weight" }, Csv));
    }

    [Fact]
    public void Csv_SeriesByColumn_IsEachRowsOwn()
    {
        var points = Read(ImportFormat.Csv, new ImportMap { Series = "none", SeriesColumn = "s", Value = "v", DefaultTicks = new DateTime(2020, 1, 1).Ticks }, "s,v\na{host=b},1\nc,2\n");
        Assert.Equal(["a{host=b} 2020-01-01T00:00:00Z 1 #:2", "c 2020-01-01T00:00:00Z 2 #:3"], points);
    }

    [Fact]
    public void GeoJson_PointsOnly_CutAtEveryByte_ReadsTheSame()
    {
        const string Json = """
            {"type":"FeatureCollection","metadata":{"title":"Erdbeben – größte"},"features":[
            {"type":"Feature","properties":{"mag":1.5,"time":1515525420000,"ort":"Tür"},"geometry":{"type":"Point","coordinates":[-118.1,34.2,7]}},
            {"type":"Feature","properties":{"mag":2},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}},
            {"type":"Feature","properties":{"mag":null,"time":1515525420000},"geometry":{"type":"Point","coordinates":[1,2]}}
            ],"bbox":[1,2,3,4]}
            """;
        var map = new ImportMap { Series = "quakes", Time = "time", Value = "mag", FileId = "q" };
        string[] expected = ["quakes 2018-01-09T19:17:00Z 1.5 (-118.1,34.2) #q:1", "2 BadValue", "3 MissingField"];
        var length = Encoding.UTF8.GetByteCount(Json);
        for (var cut = 1; cut < length; cut++) Assert.Equal(expected, Read(ImportFormat.GeoJson, map, Json, cut));
    }

    [Fact]
    public void Preview_Csv_GuessesWhatMeansWhat()
    {
        var preview = FilePreview.Read("zip_code,latitude,longitude,city,weight\n00501,40.9,-72.6,Holtsville,3\n00544,40.9,-72.6,\"A, B\",4\n005"u8, "zip codes.csv");
        Assert.Equal(ImportFormat.Csv, preview.Format);
        Assert.Equal(["zip_code", "latitude", "longitude", "city", "weight"], preview.Columns);
        Assert.Equal("A, B", preview.Rows[1][3]);
        Assert.Equal(2, preview.Rows.Count);
        Assert.Equal(("zip_codes", "longitude", "latitude", "weight", (string?)null), (preview.Guess.Series, preview.Guess.X, preview.Guess.Y, preview.Guess.Value, preview.Guess.Time));
    }

    [Fact]
    public void Preview_GeoJsonCutInTheMiddle_ShowsItsWholeFeatures()
    {
        var preview = FilePreview.Read("""{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"mag":1.6,"time":1},"geometry":null},{"type":"Fea"""u8, "quakes.json");
        Assert.Equal(ImportFormat.GeoJson, preview.Format);
        Assert.Equal(("mag", "time"), (preview.Guess.Value, preview.Guess.Time));
        Assert.Equal(["1.6", "1"], Assert.Single(preview.Rows));
    }

    [Fact]
    public void Preview_Ndjson_IsPoints() => Assert.Equal(ImportFormat.Points, FilePreview.Read("{\"series\":\"a\",\"value\":1}\n"u8, "a.ndjson").Format);

    // Points as text with their times in UTC, then faults as line and reason, whatever pieces the bytes came in.
    private static List<string> Read(ImportFormat format, ImportMap map, string text, int pieceSize = int.MaxValue)
    {
        var harness = new DecoderHarness();
        var report = harness.Feed(harness.Decoders.File(format, map), text, pieceSize);
        return
        [
            .. harness.Points.Select(static point =>
            {
                var at = point.IndexOf('@', StringComparison.Ordinal);
                var equals = point.IndexOf('=', at);
                var ticks = DecoderHarness.Now + long.Parse(point[(at + 1)..equals], CultureInfo.InvariantCulture);
                return $"{point[..at]} {TimeText.Format(ticks)} {point[(equals + 1)..]}";
            }),
            .. report.Errors.Select(static error => $"{error.Line} {error.Reason}"),
        ];
    }
}
