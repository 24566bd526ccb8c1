using LiveDash.Core.Configuration;
using LiveDash.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveDash.Tests.Core.Configuration;

public sealed class WindowChangeTests
{
    private static readonly WindowSettings s_before = new() { Default = "500", Overrides = [One("a", "5m"), One("b", "1m")] };

    [Fact]
    public void Describe_EveryPartThatDiffers_IsALine() => Assert.Equal(
        ["every series: 500 to 10m", "a: 5m to tumbling 1m", "c: 30s, late up to 10s added", "b: 1m removed"],
        WindowChange.Describe(s_before, new() { Default = "10m", Overrides = [One("a", "tumbling 1m"), One("c", "30s") with { Lateness = "10s" }] }));

    [Fact]
    public void Describe_AnotherOrder_SaysSoAndTheSameIsNothing()
    {
        Assert.Equal(["the order of the overrides"], WindowChange.Describe(s_before, s_before with { Overrides = [One("b", "1m"), One("a", "5m")] }));
        Assert.Empty(WindowChange.Describe(s_before, s_before));
    }

    [Fact]
    public async Task Changes_Saved_AreKeptNewestFirstOverARestartAndBounded()
    {
        var (documents, time) = (new MemoryDocumentStore(), new ManualTime());
        using (var book = new WindowSettingsBook(documents, time, NullLogger<WindowSettingsBook>.Instance))
        {
            for (var i = 1; i <= WindowSettingsBook.MaxChanges + 5; i++) Assert.Empty(await book.SaveAsync(new() { Default = $"{i}" }, default, "ann"));
            await book.SaveAsync(book.Current, default, "nobody");
        }

        using var again = new WindowSettingsBook(documents, time, NullLogger<WindowSettingsBook>.Instance);
        await again.LoadAsync(default);

        Assert.Equal(WindowSettingsBook.MaxChanges, again.Changes.Count);
        Assert.Equal(("ann", "every series: 54 to 55"), (again.Changes[0].By, Assert.Single(again.Changes[0].What)));
    }

    private static WindowOverride One(string series, string window) => new() { Series = series, Window = window };
}
