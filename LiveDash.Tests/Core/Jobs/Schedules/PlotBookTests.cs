using System.Text.Json;
using LiveDash.Core.Jobs;
using LiveDash.Core.Jobs.Schedules;
using LiveDash.Core.Model;
using LiveDash.Core.Plots;
using LiveDash.Tests.Shared;

namespace LiveDash.Tests.Core.Jobs.Schedules;

/// <summary>The schedule's steps with a clock that moves only when told to, and a worker that is the test itself.</summary>
public sealed class PlotBookTests
{
    private static readonly byte[] Drawn = [1, 2, 3];
    private readonly LiveDash.Tests.Shared.MemoryDocumentStore _disk = new();
    private readonly Limits _limits = new() { MaxPlots = 3 };
    private readonly ManualTime _clock = new();
    private readonly SeriesCatalog _catalog = new(new Limits());
    private JobBook _jobs = null!;

    [Fact]
    public async Task Step_NewDefinition_DrawnAtOnceThenEveryHourAtFive()
    {
        using var book = await OpenAsync();
        await book.PutAsync(Define("load", "hourly"), default);
        await StepAsync(book);
        await DrawAsync(book, Drawn);
        Assert.Equal(Drawn, await book.GetImageAsync(book.Find("load")!, default));

        var due = new List<string>();
        for (var minute = 0; minute < 180; minute++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            await StepAsync(book);
            if (book.Find("load")!.PendingJob is null) continue;
            due.Add(_clock.GetUtcNow().ToString("HH:mm"));
            await DrawAsync(book, [(byte)due.Count]);
        }

        Assert.Equal(["00:05", "01:05", "02:05"], due);
        Assert.Equal([3], await book.GetImageAsync(book.Find("load")!, default));
    }

    [Fact]
    public async Task Step_ManyMissedWhileDown_DrawnOnce()
    {
        using (var before = await OpenAsync())
        {
            await before.PutAsync(Define("load", "*/5 * * * *"), default);
            await StepAsync(before);
            await DrawAsync(before, Drawn);
        }

        _clock.Advance(TimeSpan.FromDays(1));
        using var after = await OpenAsync();
        Assert.Equal(Drawn, await after.GetImageAsync(after.Find("load")!, default));
        await StepAsync(after);
        await StepAsync(after);

        Assert.Equal(1, _jobs.Waiting);
    }

    [Fact]
    public async Task Step_DrawingTakesLongerThanTheInterval_NoSecondOneBegins()
    {
        using var book = await OpenAsync();
        await book.PutAsync(Define("load", "* * * * *"), default);
        for (var minute = 0; minute < 5; minute++)
        {
            await StepAsync(book);
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(1, _jobs.Waiting);
    }

    [Fact]
    public async Task Step_DrawingFails_TheImageBeforeStaysAndTheReasonIsTold()
    {
        using var book = await OpenAsync();
        await book.PutAsync(Define("load", "hourly"), default);
        await StepAsync(book);
        await DrawAsync(book, Drawn);
        _clock.Advance(TimeSpan.FromHours(1));
        await StepAsync(book);
        await _jobs.FailAsync((await _jobs.TakeAsync(default)).Job, "No ink.");
        await StepAsync(book);

        Assert.Equal("No ink.", book.Find("load")!.Error);
        Assert.Equal(Drawn, await book.GetImageAsync(book.Find("load")!, default));
    }

    [Fact]
    public async Task Step_KilledWhileItWasDrawn_TheImageIsTakenAfterTheRestart()
    {
        var before = await OpenAsync();
        await before.PutAsync(Define("load", "hourly"), default);
        await StepAsync(before);
        await _jobs.TakeAsync(default);
        before.Dispose();

        using var after = await OpenAsync();
        await DrawAsync(after, Drawn);

        Assert.Equal(Drawn, await after.GetImageAsync(after.Find("load")!, default));
        Assert.Equal(0, _jobs.Waiting);
    }

    [Fact]
    public async Task Step_Paused_NothingUntilRunByHand()
    {
        using var book = await OpenAsync();
        await book.PutAsync(Define("load", "* * * * *") with { Paused = true }, default);
        _clock.Advance(TimeSpan.FromHours(1));
        await StepAsync(book);
        Assert.Equal(0, _jobs.Waiting);

        Assert.True(await book.RunAsync("load", default));
        await StepAsync(book);
        await DrawAsync(book, Drawn);
        _clock.Advance(TimeSpan.FromHours(1));
        await StepAsync(book);

        Assert.Equal(0, _jobs.Waiting);
        Assert.NotNull(book.Find("load")!.Image);
    }

    [Fact]
    public async Task Step_UnknownSeries_ToldAndTriedAgainNextTime()
    {
        using var book = await OpenAsync();
        await book.PutAsync(Define("load", "hourly", "cpu.later"), default);
        await StepAsync(book);
        Assert.Contains("cpu.later", book.Find("load")!.Error, StringComparison.Ordinal);

        Assert.True(_catalog.TryIntern(new SeriesKey("cpu.later"), out _));
        _clock.Advance(TimeSpan.FromMinutes(5));
        await StepAsync(book);

        Assert.Equal(1, _jobs.Waiting);
    }

    [Fact]
    public async Task Step_ManyDrawings_OldJobsOfTheScheduleGo()
    {
        using var book = await OpenAsync();
        await book.PutAsync(Define("load", "* * * * *"), default);
        for (var i = 0; i < 12; i++)
        {
            await StepAsync(book);
            await DrawAsync(book, [(byte)i]);
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(5, _jobs.List().Count);
        Assert.All(_jobs.List(), job => Assert.Equal("load", job.Schedule));
    }

    [Fact]
    public async Task Put_MoreThanMayBe_RefusedWithTheSettingNamed()
    {
        using var book = await OpenAsync();
        for (var i = 0; i < 3; i++) await book.PutAsync(Define($"p{i}", "hourly"), default);

        var exception = await Assert.ThrowsAsync<PlotLimitException>(() => book.PutAsync(Define("p3", "hourly"), default));
        Assert.Contains("LiveDash:Limits:MaxPlots", exception.Message, StringComparison.Ordinal);
        Assert.False((await book.PutAsync(Define("p2", "daily"), default)).Created);
        Assert.True(await book.DeleteAsync("p0", default));
        Assert.True((await book.PutAsync(Define("p3", "hourly"), default)).Created);
    }

    private async Task<PlotBook> OpenAsync()
    {
        _jobs = new JobBook(_disk, _limits, new JobOptions(), _clock);
        await _jobs.LoadAsync(workersLiveOn: false, default);
        var book = new PlotBook(_disk, _jobs, new JobService(_jobs, _catalog, new MemoryPointStore(), _limits, _clock), _limits, _clock);
        await book.LoadAsync(default);
        return book;
    }

    private Task StepAsync(PlotBook book) => book.StepAsync(_clock.Ticks, default);

    private async Task DrawAsync(PlotBook book, byte[] png)
    {
        var (job, _) = await _jobs.TakeAsync(default);
        await _jobs.FinishAsync(job, new JobImages($"f{_clock.Ticks}-{png[0]}", new Dictionary<PlotFormat, byte[]> { [PlotFormat.Png] = png }, 0, png.Length));
        await StepAsync(book);
    }

    private PlotDefinition Define(string name, string schedule, string? series = null)
    {
        var json = JsonSerializer.SerializeToElement(new { start = "now-1h", end = "now", series = series is null ? Array.Empty<string>() : [series], schedule });
        Assert.Empty(PlotDefinitionJson.Read(name, json, _limits, out var definition));
        return definition!;
    }
}
