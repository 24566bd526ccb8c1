using System.Text;
using LiveDash.Core.Configuration.Dashboards;

namespace LiveDash.Tests.Core.Configuration;

public sealed class DashboardJsonTests
{
    [Fact]
    public void Read_WhatWasWritten_IsEqual()
    {
        var dashboard = new Dashboard
        {
            Id = "web",
            Name = "Web <b>\"servers\"</b> é",
            Tiles =
            [
                new() { Id = "a", Kind = TileKind.Stat, Series = ["cpu.load{host=a}"], Title = "Load", Window = "5m", Aggregate = "p99", W = 3, H = 2 },
                new() { Id = "b", Kind = TileKind.Series, Span = TimeSpan.FromMinutes(15), Y = 2, W = 12, H = 6 },
                new() { Id = "c", Kind = TileKind.Image, Plot = "load-2010", Y = 8, W = 6, H = 5 },
            ],
        };

        var read = DashboardJson.Read(DashboardJson.Write(dashboard), "web", out var errors);

        Assert.Empty(errors);
        Assert.Equal(dashboard.Name, read!.Name);
        Assert.Equal(dashboard.Tiles, read.Tiles);
    }

    [Theory]
    [InlineData("nonsense", "", "This is not JSON: line 1, column 2.")]
    [InlineData("[]", "", "An object { } is expected here.")]
    [InlineData("""{"tiles":[]}""", "name", "The field is missing.")]
    [InlineData("""{"name":"  "}""", "name", "A dashboard needs a name.")]
    [InlineData("""{"name":"a","name":"b"}""", "name", "The field stands twice.")]
    [InlineData("""{"version":2,"name":"a"}""", "version", "It must be 1.")]
    [InlineData("""{"name":"a","tile":[]}""", "tile", "There is no such field; known are version, name, tiles.")]
    [InlineData("""{"name":"a","tiles":{}}""", "tiles", "A list [ ] is expected here.")]
    [InlineData("""{"name":"a","tiles":[1]}""", "tiles[0]", "An object { } is expected here.")]
    [InlineData("""{"name":"a","tiles":[{"id":"t","kind":"pie","series":["s"]}]}""", "tiles[0].kind", "It is one of stat, chart, grid, series, image.")]
    [InlineData("""{"name":"a","tiles":[{"id":"t","kind":"image","series":[]}]}""", "tiles[0].plot", "An image shows a kept plot: name one.")]
    [InlineData("""{"name":"a","tiles":[{"id":"t","kind":"image","series":[],"plot":"../x"}]}""", "tiles[0].plot", "The name of a kept plot has letters, digits, dots, dashes and underscores only.")]
    [InlineData("""{"name":"a","tiles":[{"id":"t","kind":"chart","series":[]}]}""", "tiles[0].series", "At least one series is needed.")]
    [InlineData("""{"name":"a","tiles":[{"id":"t","kind":"chart","series":["a{b"]}]}""", "tiles[0].series[0]", "A series is written name or name{tag=value}; * stands for anything.")]
    [InlineData("""{"name":"a","tiles":[{"id":"t","kind":"chart","series":["s"],"w":13}]}""", "tiles[0].w", "A whole number from 1 to 12 is expected here.")]
    [InlineData("""{"name":"a","tiles":[{"id":"t","kind":"chart","series":["s"],"w":4,"x":9}]}""", "tiles[0].x", "A whole number from 0 to 8 is expected here.")]
    [InlineData("""{"name":"a","tiles":[{"id":"t","kind":"chart","series":["s"],"span":"1s"}]}""", "tiles[0].span", "From 10 seconds to 31 days.")]
    [InlineData("""{"name":"a","tiles":[{"id":"t","kind":"chart","series":["s"]},{"id":"t","kind":"chart","series":["s"]}]}""", "tiles[1].id", "'t' stands twice.")]
    public void Read_WrongField_NamesIt(string json, string field, string message)
    {
        var dashboard = DashboardJson.Read(Encoding.UTF8.GetBytes(json), "d", out var errors);

        Assert.Null(dashboard);
        Assert.Equal(new DashboardError(field, message), errors[0]);
    }

    [Fact]
    public void Read_WrongWindow_SaysWhatAWindowIs()
    {
        DashboardJson.Read("""{"name":"a","tiles":[{"id":"t","kind":"stat","series":["s"],"window":"5x","aggregate":"maen"}]}"""u8.ToArray(), "d", out var errors);

        Assert.Equal(["tiles[0].window", "tiles[0].aggregate"], errors.Select(error => error.Field));
    }

    [Fact]
    public void Read_HalfASurrogate_IsAnErrorNotAnException()
    {
        var dashboard = DashboardJson.Read("{\"name\":\"\\ud800\"}"u8.ToArray(), "d", out var errors);

        Assert.Null(dashboard);
        Assert.Single(errors);
    }

    [Fact]
    public void Read_AnyByteChanged_NeverThrows()
    {
        var good = DashboardJson.Write(new Dashboard { Id = "d", Name = "n", Tiles = [new() { Id = "a", Kind = TileKind.Chart, Series = ["cpu.*"], Window = "5m" }] });
        var random = new Random(11);
        for (var i = 0; i < good.Length; i++)
        {
            var broken = (byte[])good.Clone();
            broken[i] = (byte)random.Next(256);
            DashboardJson.Read(broken, "d", out _);
        }
    }
}
