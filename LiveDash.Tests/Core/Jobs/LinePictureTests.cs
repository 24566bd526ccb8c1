using System.Text;
using LiveDash.Core.Jobs;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Jobs;

/// <summary>Pictures of lines that are of no stored series, as those of expressions.</summary>
public sealed class LinePictureTests
{
    [Fact]
    public async Task DrawAsync_Lines_AreAPictureWithTheirNames()
    {
        using var jobs = new JobService(null!, new SeriesCatalog(new Limits()), new MemoryPointStore(), new Limits(), TimeProvider.System);
        var from = new DateTime(2026, 11, 30, 0, 0, 0, DateTimeKind.Utc).Ticks;
        var times = Enumerable.Range(0, 60).Select(i => from + (i * TimeSpan.TicksPerMinute)).ToArray();
        PlotLine Line(string name, int color) => new(name, color, times, times.Select((_, i) => i == 7 ? double.NaN : color + Math.Sin(i / 9.0)).ToArray());

        var images = await jobs.DrawAsync(
            new PlotSpec { Title = "Errors a second" }, [Line("shop=berlin", 0), Line("shop=bonn", 3)], new TimeRange(from, from + TimeSpan.TicksPerHour), CancellationToken.None);

        // What is not finite is left out.
        Assert.Equal(118, images.Points);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], images.Files[PlotFormat.Png][..4]);
        var svg = Encoding.UTF8.GetString(images.Files[PlotFormat.Svg]);
        Assert.All((string[])["Errors a second", "shop=berlin", "shop=bonn"], text => Assert.Contains(text, svg, StringComparison.Ordinal));
    }

    [Fact]
    public async Task DrawAsync_NoLines_IsAnEmptyPicture()
    {
        using var jobs = new JobService(null!, new SeriesCatalog(new Limits()), new MemoryPointStore(), new Limits(), TimeProvider.System);
        var images = await jobs.DrawAsync(new PlotSpec { Title = "" }, [], new TimeRange(0, TimeSpan.TicksPerHour), CancellationToken.None);
        Assert.Equal(0, images.Points);
    }
}
