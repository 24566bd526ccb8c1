using System.Text.Json;
using LiveDash.Core.Geometry;

namespace LiveDash.Tests.Core.Geometry;

public class GeoJsonTests
{
    [Fact]
    public void Parse_SquareWithHole_BoxCornersAndRule()
    {
        var shape = Parse("""{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]],[[4,4],[6,4],[6,6],[4,6],[4,4]]]}""");

        Assert.Equal((8, 0.0, 10.0), (shape.Corners, shape.Box.MinX, shape.Box.MaxY));
        Assert.True(shape.Contains(1, 1));
        Assert.False(shape.Contains(5, 5));
        Assert.True(shape.Contains(4, 5));
        Assert.True(shape.Contains(0, 0));
        Assert.True(shape.Contains(10, 5));
        Assert.False(shape.Contains(10.0000001, 5));
    }

    [Theory]
    [InlineData("""{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[0,1],[0,0]]]}}""")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[1,0],[0,1]]]}""")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0,7],[1,0,7],[1,0,7],[0,1,7],[0,0,7]]]}""")]
    [InlineData("""{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[0,1],[0,0]]],[[[1,0],[1,1],[0,1],[1,0]]]]}""")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10]],[[0,0],[2,1],[1,2]]]}""")]
    public void Parse_Legal_NoFault(string json) => Assert.True(Parse(json).Corners >= 3);

    [Theory]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[10,10],[10,0],[0,10],[0,0]]]}""", "(5, 5)")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[4,4],[8,0],[8,8],[4,4],[0,8]]]}""", "touch")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[10,0],[5,0],[5,5]]]}""", "fold back")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[1,0],[0,0],[1,0]]]}""", "fold back")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10]],[[20,20],[21,20],[20,21]]]}""", "outside the polygon")]
    [InlineData("""{"type":"MultiPolygon","coordinates":[[[[0,0],[10,0],[10,10],[0,10]]],[[[2,2],[3,2],[2,3]]]]}""", "Polygon 2 lies within polygon 1")]
    [InlineData("""{"type":"MultiPolygon","coordinates":[[[[0,0],[10,0],[10,10],[0,10]]],[[[5,5],[15,5],[5,15]]]]}""", "crosses")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[1,0]]]}""", "needs three")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[1,"a"],[0,1]]]}""", "coordinates[0][1]")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[1e300,0],[0,1]]]}""", "coordinates[0][1]")]
    [InlineData("""{"type":"Polygon","coordinates":[]}""", "list of rings")]
    [InlineData("""{"type":"MultiPolygon","coordinates":[]}""", "no polygon")]
    [InlineData("""{"type":"Point","coordinates":[0,0]}""", "'Point'")]
    [InlineData("""{"type":"Feature","geometry":null}""", "no geometry")]
    [InlineData("""{"coordinates":[]}""", "only Polygon")]
    [InlineData("[]", "GeoJSON object")]
    public void Parse_Fault_PlaceNamed(string json, string part) =>
        Assert.Contains(part, Assert.Throws<GeometryException>(() => Parse(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_TooManyCorners_LimitNamed()
    {
        var ring = string.Join(',', Enumerable.Range(0, 10_001).Select(i => $"[{i},{(i % 2) + 1}]"));

        Assert.Contains("10,000", Assert.Throws<GeometryException>(() => Parse($$"""{"type":"Polygon","coordinates":[[{{ring}}]]}""")).Message, StringComparison.Ordinal);
    }

    private static Shape Parse(string text)
    {
        using var json = JsonDocument.Parse(text);
        return GeoJson.Parse(json.RootElement);
    }
}
