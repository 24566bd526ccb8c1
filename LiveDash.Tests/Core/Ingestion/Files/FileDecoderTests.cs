using System.Globalization;
using System.Text;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Files;

namespace LiveDash.Tests.Core.Ingestion.Files;

public class FileDecoderTests
{
    private static readonly ImportMap s_map = new() { Series = "trips", Time = "date", Values = ["delay"], X = "lon", Y = "lat", FileId = "f.csv" };

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
        Assert.Equal(["1 MissingField"], Read(ImportFormat.Csv, s_map with { Values = ["weight"] }, Csv));
    }

    [Fact]
    public void Csv_SeriesByColumn_IsEachRowsOwn()
    {
        var points = Read(ImportFormat.Csv, new ImportMap { Series = "none", SeriesColumn = "s", Values = ["v"], DefaultTicks = new DateTime(2020, 1, 1).Ticks }, "s,v\na{host=b},1\nc,2\n");
        Assert.Equal(["a{host=b} 2020-01-01T00:00:00Z 1 #:2:1", "c 2020-01-01T00:00:00Z 2 #:3:2"], points);
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
        var map = new ImportMap { Series = "quakes", Time = "time", Values = ["mag"], FileId = "q" };
        string[] expected = ["quakes 2018-01-09T19:17:00Z 1.5 (-118.1,34.2) #q:1", "2 BadValue", "3 MissingField"];
        var length = Encoding.UTF8.GetByteCount(Json);
        for (var cut = 1; cut < length; cut++) Assert.Equal(expected, Read(ImportFormat.GeoJson, map, Json, cut));
    }

    private const string Array = """
        [
          {"date":"2001/01/14 21:55","delay":5,"who":"Zürich \"HB\"","at":{"lon":8.5,"lat":[47.4]}},
          {"date":"2001-01-15T00:00:00Z","delay":"-1.5"},
          {"date":null,"delay":1},
          {"date":"2001-01-16","delay":true},
          7,
          {"date":"2001-01-16","delay":7,"at":{"lon":1,"lat":[2,3]}}
        ]
        """;

    [Fact]
    public void Json_ArrayCutAtEveryByte_IsReadByItsOwnNames()
    {
        var map = new ImportMap { Series = "trips", Time = "date", Values = ["delay"], X = "at.lon", Y = "at.lat.0", FileId = "f" };
        string[] expected =
        [
            "trips 2001-01-14T21:55:00Z 5 (8.5,47.4) #f:1", "trips 2001-01-15T00:00:00Z -1.5 #f:2", "trips 2001-01-16T00:00:00Z 7 (1,2) #f:6",
            "3 MissingField", "4 BadValue", "5 BadJson",
        ];
        var length = Encoding.UTF8.GetByteCount(Array);
        for (var cut = 1; cut <= length; cut++) Assert.Equal(expected, Read(ImportFormat.Json, map, Array, cut));
    }

    [Fact]
    public void Json_Lines_SeriesByMemberWithADotInItsName()
    {
        var points = Read(ImportFormat.Json, new ImportMap { Series = "none", SeriesColumn = "a.b", Values = ["n"], DefaultTicks = new DateTime(2020, 1, 1).Ticks }, "{\"a.b\":\"x\",\"n\":1}\n\n{\"a\":{\"b\":\"y\"},\"n\":2}\n{\"n\":\"\\ud800\"}\n{");
        Assert.Equal(["x 2020-01-01T00:00:00Z 1 #:1:1", "y 2020-01-01T00:00:00Z 2 #:3:2", "4 BadUtf8", "5 BadJson"], points);
    }

    [Fact]
    public void Json_Empty_NothingAndNoFault()
    {
        var map = new ImportMap { Series = "s" };
        Assert.Empty(Read(ImportFormat.Json, map, ""));
        Assert.Empty(Read(ImportFormat.Json, map, "[]"));
        Assert.Empty(Read(ImportFormat.Csv, map, ""));
        Assert.Equal(["1 MissingField"], Read(ImportFormat.GeoJson, map, ""));
    }

    [Fact]
    public void Csv_FormulasStrayQuotesAndLoneBom_AreText()
    {
        var map = new ImportMap { Series = "none", SeriesColumn = "s", Values = ["v"], DefaultTicks = new DateTime(2020, 1, 1).Ticks };
        var points = Read(ImportFormat.Csv, map, "s,v\r\n=1+1,1\r\n\"+x\",+2\r\na\"b\"c,-3\r\nd,=4\r\n\"never closed,5\r\n");
        Assert.Equal(["=1+1 2020-01-01T00:00:00Z 1 #:2:1", "+x 2020-01-01T00:00:00Z 2 #:3:+2", "a\"b\"c 2020-01-01T00:00:00Z -3 #:4:-3", "\"never closed 2020-01-01T00:00:00Z 5 #:6:5", "5 BadValue"], points);
        Assert.Equal(["1 MissingField"], Read(ImportFormat.Csv, map, "\uFEFF"));
    }

    [Fact]
    public void Preview_JsonOfOwnNames_GuessesWhatMeansWhat()
    {
        var preview = FilePreview.Read(Encoding.UTF8.GetBytes(Array), "trips.json");
        Assert.Equal(ImportFormat.Json, preview.Format);
        Assert.Equal(["date", "delay", "who", "at.lon", "at.lat.0"], preview.Columns.Take(5));
        Assert.Equal(("trips", "date", null, null), (preview.Guess.Series, preview.Guess.Time, preview.Guess.X, preview.Guess.SeriesColumn));
        Assert.Equal("8.5", preview.Rows[0][3]);
    }

    [Theory]
    [InlineData("""[{"symbol":"A","price":1.5,"year":1931,"lon":-86.2,"lat":32.3},{"symbol":"B","price":2,"year":1932,"lon":1,"lat":2}]""", "year", "price", "lon", "lat")]
    [InlineData("""[{"delay":14,"distance":405,"time":0.0166},{"delay":-11,"distance":370,"time":5.5}]""", null, "delay", null, null)]
    [InlineData("""[{"ts":1700000000000,"n":3}]""", "ts", "n", null, null)]
    [InlineData("""[{"u":-0.17,"v":0.0073},{"u":1,"v":2}]""", null, "v", null, null)]
    [InlineData("""[{"Release Date":"Jun 12 1998","US Gross":146083,"Rating":null},{"Release Date":"Aug 07 1998","US Gross":10876}]""", "Release Date", "US Gross", null, null)]
    [InlineData("""{"series":"Government","count":430,"date":"2000-01-01T08:00:00.000Z"}""", "date", "count", null, null)]
    [InlineData("""[{"time":"noon","x":"left","y":"up","n":3}]""", null, "n", null, null)]
    [InlineData("""[{"value":"much","who":"x"}]""", null, "value", null, null)]
    [InlineData("""[{"value":1,"n":3},{"value":"?","n":3},{"value":2,"n":3}]""", null, "value", null, null)]
    public void Preview_Json_GuessesByNameAndByWhatCellsHold(string json, string? time, string? value, string? x, string? y)
    {
        var guess = FilePreview.Read(Encoding.UTF8.GetBytes(json), "f.json").Guess;
        Assert.Equal((time, value, x, y), (guess.Time, guess.Values.FirstOrDefault(), guess.X, guess.Y));
    }

    [Theory]
    [InlineData("""{"id":7,"series":"coords","t":"2026-11-21T09:30:00.500Z","value":0,"pt":[1,2]}""", ImportFormat.Points)]
    [InlineData("""[{"series":"a","value":1},{"series":"b","tags":{"x":"y"},"value":1}]""", ImportFormat.Points)]
    [InlineData("""[{"series":"a","value":1,"host":"b"}]""", ImportFormat.Json)]
    [InlineData("""{"value":1}""", ImportFormat.Json)]
    [InlineData("""[[1,2],[3,4]]""", ImportFormat.Points)]
    [InlineData("""[{"features":[1],"n":1}]""", ImportFormat.Json)]
    [InlineData("", ImportFormat.Csv)]
    public void Preview_Format_ByWhatStandsFirst(string text, ImportFormat format) => Assert.Equal(format, FilePreview.Read(Encoding.UTF8.GetBytes(text), "f").Format);

    [Fact]
    public void Preview_Csv_GuessesWhatMeansWhat()
    {
        var preview = FilePreview.Read("zip_code,latitude,longitude,city,weight\n00501,40.9,-72.6,Holtsville,3\n00544,40.9,-72.6,\"A, B\",4\n005"u8, "zip codes.csv");
        Assert.Equal(ImportFormat.Csv, preview.Format);
        Assert.Equal(["zip_code", "latitude", "longitude", "city", "weight"], preview.Columns);
        Assert.Equal("A, B", preview.Rows[1][3]);
        Assert.Equal(2, preview.Rows.Count);
        Assert.Equal(("zip_codes", "longitude", "latitude", "weight", (string?)null), (preview.Guess.Series, preview.Guess.X, preview.Guess.Y, preview.Guess.Values.FirstOrDefault(), preview.Guess.Time));
    }

    [Fact]
    public void Preview_GeoJsonCutInTheMiddle_ShowsItsWholeFeatures()
    {
        var preview = FilePreview.Read("""{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"mag":1.6,"time":1515525420000},"geometry":null},{"type":"Fea"""u8, "quakes.json");
        Assert.Equal(ImportFormat.GeoJson, preview.Format);
        Assert.Equal(("mag", "time"), (preview.Guess.Values.FirstOrDefault(), preview.Guess.Time));
        Assert.Equal(["1.6", "1515525420000"], Assert.Single(preview.Rows));
    }

    [Fact]
    public void Preview_Ndjson_IsPoints() => Assert.Equal(ImportFormat.Points, FilePreview.Read("{\"series\":\"a\",\"value\":1}\n"u8, "a.ndjson").Format);

    // Points as text with their times in UTC, then faults as line and reason, whatever pieces the bytes came in.
    private static List<string> Read(ImportFormat format, ImportMap map, string text, int pieceSize = int.MaxValue)
    {
        var harness = new DecoderHarness();
        var report = harness.Import(format, map, Encoding.UTF8.GetBytes(text), pieceSize);
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
