using LiveDash.Core.Model;
using LiveDash.Core.Storage;

namespace LiveDash.Tests.Core.Storage;

public sealed class StorageTiersTests
{
    [Fact]
    public void Of_SettingsAsInTheManual_AreRead()
    {
        var tiers = StorageTiers.Of([new TierSetting { Series = "cpu.*", Keep = "raw for 7d, 1m for 90d, 1h for 2y" }, new TierSetting { Keep = "1s for 7d" }]);
        Assert.Equal(
            [new StorageTier(0, TimeSpan.FromDays(7).Ticks), new(TimeSpan.TicksPerMinute, TimeSpan.FromDays(90).Ticks), new(TimeSpan.TicksPerHour, TimeSpan.FromDays(730).Ticks)],
            tiers.Find(new SeriesKey("cpu.load", [new("host", "a")])));
        Assert.Equal([new StorageTier(TimeSpan.TicksPerSecond, TimeSpan.FromDays(7).Ticks)], tiers.Find(new SeriesKey("mem")));
        Assert.True(StorageTiers.None.IsEmpty);
        Assert.Empty(StorageTiers.None.Find(new SeriesKey("mem")));
    }

    [Theory]
    [InlineData("", "is none of the form")]
    [InlineData("1m", "is none of the form")]
    [InlineData("1m for ever", "is none of the form")]
    [InlineData("0m for 1d", "is none of the form")]
    [InlineData("1x for 1d", "is none of the form")]
    [InlineData("raw for 101y", "is none of the form")]
    [InlineData("2d for 1y", "a step of more than a day")]
    [InlineData("1h for 1m", "longer than it is kept")]
    [InlineData("raw for 7d, 1m for 7d", "longer than the one before")]
    [InlineData("1m for 7d, raw for 8d", "from fine to coarse")]
    [InlineData("7s for 7d, 1m for 8d", "a multiple of the one before")]
    [InlineData("raw for 1d, 1s for 2d, 2s for 3d, 4s for 4d, 8s for 5d, 16s for 6d, 32s for 7d", "more than 6 tiers")]
    public void Validate_WrongTiers_AreNamedWithWhatIsLegal(string keep, string expected)
    {
        var options = new StorageOptions();
        options.Tiers.Add(new TierSetting { Series = "cpu.*", Keep = keep });
        var fault = Assert.Single(new StorageOptionsCheck().Validate(null, options).Failures!);
        Assert.StartsWith("LiveDash:Storage:Tiers:0:Keep", fault, StringComparison.Ordinal);
        Assert.Contains(expected, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_NoPattern_IsNamed()
    {
        var options = new StorageOptions();
        options.Tiers.Add(new TierSetting { Series = "cpu{", Keep = "1m for 1d" });
        Assert.Contains("LiveDash:Storage:Tiers:0:Series 'cpu{'", Assert.Single(new StorageOptionsCheck().Validate(null, options).Failures!), StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_SeveralFields_AreAllToldByTheirPlaces()
    {
        var faults = StorageTiers.Faults([new TierSetting { Series = "cpu{", Keep = "1m" }, new TierSetting { Keep = "raw for 1d" }, new TierSetting { Series = "", Keep = "raw for 1d" }]);
        Assert.Equal([(0, "Series"), (0, "Keep"), (2, "Series")], faults.Select(static fault => (fault.At, fault.Field)));
        Assert.Equal(-1, Assert.Single(StorageTiers.Faults([.. Enumerable.Repeat(new TierSetting { Keep = "raw for 1d" }, StorageTiers.MaxPatterns + 1)])).At);
    }
}
