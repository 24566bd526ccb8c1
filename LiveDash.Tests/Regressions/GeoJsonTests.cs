using System.Text;
using LiveDash.Core.Ingestion;
using LiveDash.Core.Ingestion.Files;
using LiveDash.Tests.Core.Ingestion;

namespace LiveDash.Tests.Regressions;

/// <summary>GeoJSON with members that are not ours, in any order, and every geometry: whole files were refused for a member called name or metadata.</summary>
public sealed class GeoJsonTests
{
    private const string Feature = """{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]},"properties":{"mag":1.5}}""";
    private static readonly ImportMap s_map = new() { Series = "s", Values = ["mag"], FileId = "f" };

    [Theory]
    [InlineData("""{"type":"FeatureCollection","name":"features","features":[F]}""", "1.5 (1,2)")]
    [InlineData("""{"type":"FeatureCollection","metadata":{"features":1},"features":[F]}""", "1.5 (1,2)")]
    [InlineData("""{"features":[F,F],"bbox":[1,2,3,4],"type":"FeatureCollection","more":{"features":[7]}}""", "1.5 (1,2)|1.5 (1,2)")]
    [InlineData("""{"metadata":{"features":[{"type":"Feature"}]},"crs":{"a":[[["features"]]]},"type":"FeatureCollection","fe\u0061tures" : [F]}""", "1.5 (1,2)")]
    [InlineData("""{"type":"Feature","coordinates":[9,9],"geometries":[{"type":"Point","coordinates":[8,8]}],"properties":{"mag":2,"coordinates":[7,7]},"geometry":{"type":"Point","coordinates":[1,2],"geometry":null}}""", "2 (1,2)")]
    [InlineData("\uFEFF {\"type\":\"FeatureCollection\",\"features\":[ ]}", "")]
    [InlineData("F", "1.5 (1,2)")]
    [InlineData("""{"type":"Feature","properties":{"mag":2},"geometry":{"type":"MultiPoint","coordinates":[[1,2],[3,4,9]]}}""", "2 (1,2)|2 (3,4)")]
    [InlineData("""{"properties":{"mag":3},"geometry":{"geometries":[{"coordinates":[5,6],"type":"Point"},{"type":"MultiPoint","coordinates":[[7,8]]}],"type":"GeometryCollection"},"type":"Feature"}""", "3 (5,6)|3 (7,8)")]
    public void Import_TrueDocument_CutAnywhere_GivesItsPoints(string document, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(document.Replace("F", Feature, StringComparison.Ordinal).Replace(Feature + "eatureCollection", "FeatureCollection", StringComparison.Ordinal).Replace(Feature + "eature\"", "Feature\"", StringComparison.Ordinal));
        for (var piece = 1; piece <= bytes.Length; piece += piece < 40 ? 1 : 17)
        {
            var (points, report) = Read(bytes, s_map, piece);
            Assert.Equal(expected, points);
            Assert.Empty(report.Errors);
        }
    }

    [Theory]
    [InlineData("F\nF\n")]
    [InlineData("\u001eF\n\u001eF\n")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[F]}{\"features\":[F],\"more\":{\"features\":[7]}}")]
    [InlineData("{\"features\":[],\"bbox\":[1,2]} F {\"features\":[F]}")]
    public void Import_SeveralDocuments_CutAnywhere_GivesThePointsOfAll(string documents)
    {
        var bytes = Encoding.UTF8.GetBytes(documents.Replace("F", Feature, StringComparison.Ordinal).Replace(Feature + "eatureCollection", "FeatureCollection", StringComparison.Ordinal));
        for (var piece = 1; piece <= bytes.Length; piece += piece < 40 ? 1 : 17)
        {
            var (points, report) = Read(bytes, s_map, piece);
            Assert.Equal("1.5 (1,2)|1.5 (1,2)", points);
            Assert.Empty(report.Errors);
        }
    }

    [Theory]
    [InlineData("{\"features\":[F]} xx")]
    [InlineData("{\"features\":[F]")]
    [InlineData("{\"features\":[F],\"more\":{]}}")]
    [InlineData("F,F")]
    public void Import_WhatFollowsIsNoGeoJson_IsToldAndWhatCameBeforeIsKept(string document)
    {
        var bytes = Encoding.UTF8.GetBytes(document.Replace("F", Feature, StringComparison.Ordinal));
        for (var piece = 1; piece <= bytes.Length; piece += piece < 40 ? 1 : 17)
        {
            var (points, report) = Read(bytes, s_map, piece);
            Assert.Equal("1.5 (1,2)", points);
            Assert.Equal((RejectReason.BadJson, 2L), (Assert.Single(report.Errors).Reason, report.Errors[0].Line));
        }
    }

    [Fact]
    public void Import_BareGeometry_GivesPointsOfOne()
    {
        var (points, _) = Read("""{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}"""u8.ToArray(), s_map with { Values = [] }, 7);
        Assert.Equal("1 (1,2)|1 (3,4)", points);
    }

    [Theory]
    [InlineData("""{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":{"mag":1}},F]}""", RejectReason.MissingField)]
    [InlineData("""{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]},"properties":{"mag":1}},F]}""", RejectReason.BadValue)]
    [InlineData("""{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":["1","2"]},"properties":{"mag":1}},F]}""", RejectReason.BadValue)]
    [InlineData("""{"type":"FeatureCollection","features":[F,{"type":"Feature","geometry":{"type":"Poi""", RejectReason.BadJson)]
    public void Import_FeatureWithoutAPoint_IsToldAndItsNeighboursAreKept(string document, RejectReason reason)
    {
        var bytes = Encoding.UTF8.GetBytes(document.Replace("[F", "[" + Feature, StringComparison.Ordinal).Replace(",F]", "," + Feature + "]", StringComparison.Ordinal));
        var (points, report) = Read(bytes, s_map, 11);
        Assert.Equal("1.5 (1,2)", points);
        Assert.Equal(reason, Assert.Single(report.Errors).Reason);
    }

    [Theory]
    [InlineData("[1,2]")]
    [InlineData("{\"a\":1}")]
    [InlineData("nonsense")]
    [InlineData("{\"type\":\"FeatureCollection\"}")]
    public void Import_WhatIsNoGeoJson_IsToldOnce(string document) => Assert.Single(Read(Encoding.UTF8.GetBytes(document), s_map, 3).Report.Errors);

    private static (string Points, IngestReport Report) Read(byte[] bytes, ImportMap map, int piece)
    {
        var harness = new DecoderHarness();
        var report = harness.Import(ImportFormat.GeoJson, map, bytes, piece);
        return (string.Join('|', harness.Points.Select(static point => point[(point.IndexOf('=', StringComparison.Ordinal) + 1)..point.IndexOf(" #", StringComparison.Ordinal)])), report);
    }
}
